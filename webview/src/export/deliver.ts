import type { ToWebview } from '../../../server/src/protocol/messages.ts';
import type { Host } from '../host.ts';
import type { View } from '../view.ts';
import { exportedOf, parseWish, textOf, type ExportMeans } from './exporter.ts';
import { base64OfBlob, paintPng } from './png.ts';

/** The host has said what is to be known for an export: makes it, and has it saved or copied. Gives what is to be said. */
export async function deliver(
  view: View,
  { wish, made, fonts }: Extract<ToWebview, { type: 'made' }>,
  means: ExportMeans,
  host: Host,
): Promise<string | undefined> {
  const asked = parseWish(wish);
  if (!asked) return undefined;
  const { format, copy, scale } = asked;
  try {
    const exported = await exportedOf(view, asked, made, means);
    if ('error' in exported) return exported.error;
    const text = textOf(exported, format);
    if (format !== 'png') host.send(copy ? { type: 'copy', text } : { type: 'save', format, content: text });
    else {
      const image = await paintPng(text, scale, fonts);
      if (!copy) host.send({ type: 'save', format, content: await base64OfBlob(image) });
      else {
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
        return 'Copied to the clipboard.';
      }
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
