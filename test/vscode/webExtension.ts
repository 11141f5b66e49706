import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import type { Page } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/**
 * Makes a workbench page load the extension as a browser does, from an address and into its web worker extension host,
 * beside whatever is installed on the server. To be called before the page is loaded.
 */
export async function serveWebExtension(page: Page, origin: string): Promise<void> {
  const files = new Set((await listFiles({ cwd: root, packageManager: PackageManager.None })).map((file) => file.replaceAll('\\', '/')));
  const authority = new URL(origin).host;
  await page.context().route(`${origin}/extension/**`, (route) => {
    const file = new URL(route.request().url()).pathname.slice('/extension/'.length);
    // Exactly what the package holds.
    if (!files.has(file) || !statSync(path.join(root, file)).isFile()) return route.fulfill({ status: 404, body: '' });
    const contentType = types[path.extname(file)] ?? 'application/octet-stream';
    const headers = { 'Access-Control-Allow-Origin': '*' };
    return route.fulfill({ body: readFileSync(path.join(root, file)), contentType, headers });
  });
  await page.route(
    (url) => url.origin === origin && url.pathname === '/',
    async (route) => {
      const response = await route.fetch();
      const extensions = [{ scheme: 'http', authority, path: '/extension' }];
      const body = (await response.text()).replace(
        /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
        (_all, before: string, settings: string) => {
          const configuration = JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as { developmentOptions?: object };
          configuration.developmentOptions = { ...configuration.developmentOptions, extensions };
          return `${before}${JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
        },
      );
      await route.fulfill({ response, body });
    },
  );
}
