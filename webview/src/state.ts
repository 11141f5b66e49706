import { parsePins, type DiagramGraph, type DiagramMarks, type Pin, type Scene } from '../../server/src/diagram/index.ts';
import { isGraph, isMarks, isObject } from './messages.ts';
import { parseSession, type Session } from './session.ts';
import type { Viewport } from './canvas/viewport.ts';

/** Of a model with more elements only what was drawn is kept: the rest comes again from the host. */
export const KEPT_WHOLE = 300;

/** What is kept over a reload: enough to paint the last picture at once, without asking anybody. */
export interface KeptState {
  readonly v: 2;
  /** Whose diagram it is; the extension reads this to open it again. */
  readonly uri: string;
  /** `picture` as the host named it; undefined when graph and marks are only those of the scene. */
  readonly picture: string | undefined;
  /** What the scene's layout depends on. */
  readonly layoutKey: string;
  readonly version: number;
  readonly stale: boolean;
  readonly scene: Scene;
  readonly graph: DiagramGraph;
  readonly marks: DiagramMarks;
  readonly session: Session;
  readonly pins: Readonly<Record<string, Pin>>;
  readonly viewport: Viewport;
  readonly fitted: boolean;
}

/** The state, or undefined when it is of another version or broken in a part that we rely on. */
export function parseKept(value: unknown): KeptState | undefined {
  if (!isObject(value) || value['v'] !== 2) return undefined;
  const { uri, picture, layoutKey, version, stale, scene, graph, marks, session, pins, viewport, fitted } = value;
  if (typeof uri !== 'string' || typeof layoutKey !== 'string' || typeof version !== 'number') return undefined;
  if (!isScene(scene) || !isGraph(graph) || !isMarks(marks) || !isViewport(viewport)) return undefined;
  return {
    v: 2,
    uri,
    picture: typeof picture === 'string' ? picture : undefined,
    layoutKey,
    version,
    stale: stale === true,
    scene,
    graph: graph as unknown as DiagramGraph,
    marks: marks as unknown as DiagramMarks,
    session: parseSession(session),
    pins: Object.fromEntries(parsePins(pins) ?? []),
    viewport,
    fitted: fitted === true,
  };
}

function isScene(value: unknown): value is Scene {
  return (
    isObject(value) &&
    isSize(value['width']) &&
    isSize(value['height']) &&
    ['boundaries', 'nodes', 'edges'].every((part) => Array.isArray(value[part]) && value[part].every(isObject))
  );
}

function isViewport(value: unknown): value is Viewport {
  return isObject(value) && Number.isFinite(value['x']) && Number.isFinite(value['y']) && isSize(value['scale']) && value['scale'] > 0;
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
