import { extensions, l10n, Uri, type Webview, window, workspace } from 'vscode';
import { madeBy } from '../../../../server/src/diagram/export/exported.ts';
import type { ExportFormat, ToWebview } from '../../../../server/src/protocol/messages.ts';
import type { LanguageServer } from '../languageServer/languageServer.ts';
import { modelName } from '../modelFile.ts';
import { webviewRoot } from './html.ts';

const FONTS = ['latin-400', 'latin-600', 'latin-ext-400', 'latin-ext-600'];
const KINDS: Readonly<Record<ExportFormat, readonly [string, string]>> = {
  svg: ['SVG', 'svg'],
  png: ['PNG', 'png'],
  pdf: ['PDF', 'pdf'],
  drawio: ['draw.io', 'drawio'],
  mmd: ['Mermaid', 'mmd'],
};

/** What the page needs to know for an export. */
export async function exportFacts(
  server: LanguageServer,
  model: Uri,
  extension: Uri,
  webview: Webview,
  wish: unknown,
): Promise<Extract<ToWebview, { type: 'made' }>> {
  const { hash } = await server.hash({ uri: model.toString() });
  const packageJSON: unknown = extensions.getExtension('threatwright.threatwright')?.packageJSON;
  const version = typeof packageJSON === 'object' && packageJSON !== null && 'version' in packageJSON ? String(packageJSON.version) : '';
  const fonts = FONTS.map((name) => webview.asWebviewUri(Uri.joinPath(webviewRoot(extension), `inter-${name}-normal.woff2`)).toString());
  return { v: 1, type: 'made', wish, made: madeBy(version, hash ?? ''), fonts };
}

/** Asks where, and writes the file there; the sentence that says what came of it. */
export async function saveExport(server: LanguageServer, model: Uri, format: ExportFormat, content: string): Promise<string | undefined> {
  const [label, extension] = KINDS[format];
  const folder = model.scheme === 'untitled' ? workspace.workspaceFolders?.[0]?.uri : Uri.joinPath(model, '..');
  const name = `${fileName(model.path)}.${extension}`;
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
    filters: { [label]: [extension] },
    title: l10n.t('Export Diagram'),
  });
  if (!target) return undefined;
  const bytes = await bytesOf(server, format, content);
  if (!bytes) return l10n.t('A PDF cannot be made here: export as SVG and print it.');
  await workspace.fs.writeFile(target, bytes);
  return l10n.t('Saved as {0}.', target.path.slice(target.path.lastIndexOf('/') + 1));
}

/** Undefined where it cannot be made. */
async function bytesOf(server: LanguageServer, format: ExportFormat, content: string): Promise<Uint8Array | undefined> {
  if (format === 'png') return fromBase64(content);
  if (format !== 'pdf') return new TextEncoder().encode(content);
  const pdf = await server.pdf({ svg: content });
  return pdf ? fromBase64(pdf.base64) : undefined;
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The name of the model's file without what every model's name ends in, and without what no file's name may have. */
export function fileName(path: string): string {
  const clean = modelName(path)
    .replace(/[<>:"|?*\\\p{Cc}\p{Cf}]/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return clean === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(clean) ? 'diagram' : clean.slice(0, 100);
}
