// First: the toolkit takes the theme's colours when the page has loaded, and not later.
import './lib/ui.ts';
import './theme.css';
import { App } from './app.ts';

const root = document.getElementById('app');
if (root) new App(root).start();
