import type { FromWebview } from '../../../../server/src/protocol/messages.ts';

const maxIdLength = 500;
const maxLogLength = 10_000;

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
    case 'rule': {
      const id = message['id'];
      return isText(id, maxIdLength) ? { v: 1, type: message['type'], id } : undefined;
    }
    case 'log': {
      const { level, message: text } = message;
      if (level !== 'info' && level !== 'warn' && level !== 'error') return undefined;
      return isText(text, maxLogLength) ? { v: 1, type: 'log', level, message: text } : undefined;
    }
    default:
      return undefined;
  }
}

/** The model's URI from the state that the webview kept over a reload. */
export function parseState(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('uri' in value)) return undefined;
  return isText(value.uri, 4000) && /^(file|untitled|vscode-remote):/.test(value.uri) ? value.uri : undefined;
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength;
}
