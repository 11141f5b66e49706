import { parsePins } from '../../../../server/src/diagram/pins.ts';
import type { DiagramEdit, ExportFormat, FromWebview } from '../../../../server/src/protocol/messages.ts';

const maxIdLength = 500;
const maxLogLength = 10_000;
/** A sentence of the server's. */
const maxTextLength = 2_000;
const maxFileLength = 200_000_000;
const formats: readonly ExportFormat[] = ['svg', 'png', 'pdf', 'drawio', 'mmd'];
const maxCopyLength = 5_000_000;

/**
 * A message from the webview, or undefined when it is not one of ours in every detail: what a webview sends can open
 * files, so nothing of it is taken on trust.
 */
export function parseFromWebview(value: unknown): FromWebview | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Readonly<Record<string, unknown>>;
  if (message['v'] !== 1) return undefined;
  switch (message['type']) {
    case 'ready': {
      const have = message['have'];
      if (have === undefined || have === null) return { v: 1, type: 'ready' };
      return isText(have, maxIdLength) ? { v: 1, type: 'ready', have } : undefined;
    }
    case 'reveal':
    case 'select':
    case 'card':
    case 'rule': {
      const id = message['id'];
      return isText(id, maxIdLength) ? { v: 1, type: message['type'], id } : undefined;
    }
    case 'fixes':
    case 'fix': {
      const { type, key, title } = message;
      if (!isText(key, maxIdLength)) return undefined;
      if (type === 'fixes') return { v: 1, type, key };
      return isText(title, maxTextLength) ? { v: 1, type: 'fix', key, title } : undefined;
    }
    case 'edit': {
      const { version, edit: given } = message;
      const edit = parseEdit(given);
      return edit && typeof version === 'number' ? { v: 1, type: 'edit', version, edit } : undefined;
    }
    case 'rename': {
      const { version, id, to } = message;
      if (!isText(id, maxIdLength) || !isText(to, maxIdLength)) return undefined;
      return typeof version === 'number' ? { v: 1, type: 'rename', version, id, to } : undefined;
    }
    case 'pins': {
      const pins = parsePins(message['pins']);
      return pins && { v: 1, type: 'pins', pins: Object.fromEntries(pins) };
    }
    case 'made':
      return { v: 1, type: 'made', wish: message['wish'] };
    case 'save': {
      const { content } = message;
      const format = formats.find((it) => it === message['format']);
      return format && isText(content, maxFileLength) ? { v: 1, type: 'save', format, content } : undefined;
    }
    case 'copy':
      return isText(message['text'], maxCopyLength) ? { v: 1, type: 'copy', text: message['text'] } : undefined;
    case 'log': {
      const { level, message: text } = message;
      if (level !== 'info' && level !== 'warn' && level !== 'error') return undefined;
      return isText(text, maxLogLength) ? { v: 1, type: 'log', level, message: text } : undefined;
    }
    default:
      return undefined;
  }
}

function parseEdit(value: unknown): DiagramEdit | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const edit = value as Readonly<Record<string, unknown>>;
  const { id, into, from, to, title } = edit;
  switch (edit['do']) {
    case 'move':
      return isText(id, maxIdLength) && (into === undefined || isText(into, maxIdLength)) ? { do: 'move', id, into } : undefined;
    case 'connect':
      return isText(from, maxIdLength) && isText(to, maxIdLength) ? { do: 'connect', from, to } : undefined;
    case 'delete':
      return isText(id, maxIdLength) ? { do: 'delete', id } : undefined;
    case 'retitle':
      return isText(id, maxIdLength) && isText(title, maxIdLength) ? { do: 'retitle', id, title } : undefined;
    default:
      return undefined;
  }
}

/** The model's URI from the state that the webview kept over a reload, if it has one of these schemes. */
export function parseState(value: unknown, schemes: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null || !('uri' in value)) return undefined;
  const { uri } = value;
  return isText(uri, 4000) && schemes.some((scheme) => uri.startsWith(`${scheme}:`)) ? uri : undefined;
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength;
}
