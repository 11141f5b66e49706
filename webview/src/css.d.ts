/** Style sheets are bundled into main.css by importing them. */
declare module '*.css';
