/** What the browser's extension host has of workers; the rest of its types would not fit Node's. */
declare class Worker {
  constructor(url: string);
  postMessage(message: unknown): void;
}
