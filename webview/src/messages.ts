import type { DiagramResult, ToWebview } from '../../server/src/protocol/messages.ts';

/** A message from the host, or undefined when it is not one that we know in every part that we rely on. */
export function parseToWebview(value: unknown): ToWebview | undefined {
  if (!isObject(value) || value['v'] !== 1) return undefined;
  switch (value['type']) {
    case 'diagram':
      return isDiagram(value['diagram']) ? { v: 1, type: 'diagram', diagram: value['diagram'] } : undefined;
    case 'select': {
      const id = value['id'];
      return id === undefined || typeof id === 'string' ? { v: 1, type: 'select', id } : undefined;
    }
    case 'showFinding':
      return typeof value['key'] === 'string' ? { v: 1, type: 'showFinding', key: value['key'] } : undefined;
    case 'layoutWorker':
      return typeof value['uri'] === 'string' ? { v: 1, type: 'layoutWorker', uri: value['uri'] } : undefined;
    case 'error':
      return typeof value['message'] === 'string' ? { v: 1, type: 'error', message: value['message'] } : undefined;
    case 'said':
      return typeof value['text'] === 'string' ? { v: 1, type: 'said', text: value['text'] } : undefined;
    case 'made': {
      const { wish, made, fonts } = value;
      if (typeof made !== 'string' || !Array.isArray(fonts) || !fonts.every((font) => typeof font === 'string')) return undefined;
      return { v: 1, type: 'made', wish, made, fonts };
    }
    case 'pins':
      return { v: 1, type: 'pins', pins: value['pins'] };
    case 'action':
      return { v: 1, type: 'action', action: value['action'] };
    case 'card': {
      const { id, markdown } = value;
      return typeof id === 'string' && typeof markdown === 'string' ? { v: 1, type: 'card', id, markdown } : undefined;
    }
    case 'fixes': {
      const { key, fixes } = value;
      return typeof key === 'string' && isFixes(fixes) ? { v: 1, type: 'fixes', key, fixes } : undefined;
    }
    default:
      return undefined;
  }
}

function isDiagram(value: unknown): value is DiagramResult {
  return (
    isObject(value) &&
    typeof value['uri'] === 'string' &&
    typeof value['version'] === 'number' &&
    typeof value['picture'] === 'string' &&
    typeof value['revision'] === 'string' &&
    typeof value['stale'] === 'boolean' &&
    (isObject(value['delta']) ? isDelta(value['delta']) : isWhole(value))
  );
}

function isWhole({ graph, marks }: Readonly<Record<string, unknown>>): boolean {
  return isMarks(marks) && (graph === undefined || graph === null || isGraph(graph));
}

function isDelta(value: Readonly<Record<string, unknown>>): boolean {
  const { since, title, findings, names } = value;
  return (
    typeof since === 'string' &&
    typeof title === 'string' &&
    (names === undefined || isObject(names)) &&
    ['boundaries', 'nodes', 'edges', 'data'].every((part) => isRetold(value[part], 'id')) &&
    isRetold(findings, 'key')
  );
}

/** New things, and runs of those of before. */
function isRetold(list: unknown, key: string): boolean {
  if (!Array.isArray(list)) return false;
  const isRun = (item: unknown): boolean => Array.isArray(item) && item.length === 2 && item.every(Number.isInteger);
  return hasIds(
    list.filter((item) => !isRun(item)),
    key,
  );
}

type Fixes = Extract<ToWebview, { type: 'fixes' }>['fixes'];

function isFixes(value: unknown): value is Fixes {
  return hasIds(value, 'title') && hasIds(value, 'kind');
}

export function isMarks(value: unknown): boolean {
  return isObject(value) && isObject(value['counts']) && isObject(value['names']) && hasIds(value['findings'], 'key');
}

export function isGraph(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['title'] === 'string' &&
    ['boundaries', 'nodes', 'edges', 'data'].every((part) => hasIds(value[part], 'id'))
  );
}

function hasIds(list: unknown, key: string): boolean {
  return Array.isArray(list) && list.every((item: unknown) => isObject(item) && typeof item[key] === 'string');
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
