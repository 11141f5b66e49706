import type { PageParts } from '../diagram/page.ts';

/** The page of the board without any data, which comes by message. Pure, so that tests serve the same page. */
export function boardPage({ cspSource, nonce, script, style }: PageParts): string {
  const policy = `default-src 'none'; style-src ${cspSource}; font-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Posture</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main id="app"><h1>Posture</h1><p role="status">Loading the board …</p></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
