import type { PlainRange } from '../../../../server/src/protocol/messages.ts';
import type { FromBoard } from '../../../../server/src/protocol/posture.ts';

const maxIdLength = 500;

/** A message from the board, or undefined when it is not one of ours in every detail: nothing of it is taken on trust. */
export function parseFromBoard(value: unknown): FromBoard | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Readonly<Record<string, unknown>>;
  if (message['v'] !== 1) return undefined;
  switch (message['type']) {
    case 'ready':
      return { v: 1, type: 'ready' };
    case 'reveal': {
      const range = parseRange(message['range']);
      return range && { v: 1, type: 'reveal', range };
    }
    case 'add': {
      const { control } = message;
      const isId = typeof control === 'string' && control.length > 0 && control.length <= maxIdLength;
      return isId ? { v: 1, type: 'add', control } : undefined;
    }
    default:
      return undefined;
  }
}

function parseRange(value: unknown): PlainRange | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { start, end } = value as Readonly<Record<string, unknown>>;
  const [from, to] = [parsePosition(start), parsePosition(end)];
  return from && to && { start: from, end: to };
}

function parsePosition(value: unknown): PlainRange['start'] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { line, character } = value as Readonly<Record<string, unknown>>;
  const isPlace = (it: unknown): it is number => typeof it === 'number' && Number.isInteger(it) && it >= 0;
  return isPlace(line) && isPlace(character) ? { line, character } : undefined;
}
