/** Addresses and secrets of one page. */
export interface PageParts {
  /** What the policy calls the webview's own files. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/** The page without any data: the model comes by message, never as text of the page. Pure, so that tests serve the same page. */
export function diagramPage({ cspSource, nonce, script, style }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    'worker-src blob:',
    `connect-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Threat model diagram</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="app"><p role="status">Loading the diagram …</p></div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
