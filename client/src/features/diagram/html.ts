import { Uri, type Webview } from 'vscode';
import { diagramPage } from './page.ts';

/** The only folder that the webview may read. */
export function webviewRoot(extension: Uri): Uri {
  return Uri.joinPath(extension, 'dist/webview');
}

/** The address of the layout engine, which the page fetches and starts as a worker from a blob. */
export function layoutWorkerUri(webview: Webview, extension: Uri): string {
  return webview.asWebviewUri(Uri.joinPath(webviewRoot(extension), 'elk-worker.min.js')).toString();
}

export function diagramHtml(webview: Webview, extension: Uri): string {
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(webviewRoot(extension), name)).toString();
  const nonce = crypto.randomUUID();
  return diagramPage({ cspSource: webview.cspSource, nonce, script: file('main.js'), style: file('main.css') });
}
