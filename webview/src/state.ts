import type { DiagramMarks, Scene } from '../../server/src/diagram/index.ts';
import { SEVERITIES, type Severity } from '../../server/src/catalogue/rule.ts';
import { isMarks, isObject } from './messages.ts';
import type { Viewport } from './canvas/viewport.ts';

/** What is kept over a reload: enough to paint the last picture at once, without asking anybody. */
export interface KeptState {
  readonly v: 1;
  /** Whose diagram it is; the extension reads this to open it again. */
  readonly uri: string;
  /** `picture` as the host named it. */
  readonly picture: string;
  /** What the scene's layout depends on. */
  readonly layoutKey: string;
  readonly version: number;
  readonly stale: boolean;
  readonly scene: Scene;
  readonly marks: DiagramMarks;
  readonly viewport: Viewport;
  readonly fitted: boolean;
  readonly selection: string | undefined;
  /** Key of the chosen finding. */
  readonly finding: string | undefined;
  readonly hidden: readonly Severity[];
  readonly sideShown: boolean;
}

/** The state, or undefined when it is of another version or broken in a part that we rely on. */
export function parseKept(value: unknown): KeptState | undefined {
  if (!isObject(value) || value['v'] !== 1) return undefined;
  const { uri, picture, layoutKey, version, stale, scene, marks, viewport, fitted, selection, finding, hidden, sideShown } = value;
  if (typeof uri !== 'string' || typeof picture !== 'string' || typeof layoutKey !== 'string' || typeof version !== 'number')
    return undefined;
  if (!isScene(scene) || !isMarks(marks) || !isViewport(viewport)) return undefined;
  return {
    v: 1,
    uri,
    picture,
    layoutKey,
    version,
    stale: stale === true,
    scene,
    marks: marks as unknown as DiagramMarks,
    viewport,
    fitted: fitted === true,
    selection: typeof selection === 'string' ? selection : undefined,
    finding: typeof finding === 'string' ? finding : undefined,
    hidden: Array.isArray(hidden) ? SEVERITIES.filter((severity) => hidden.includes(severity)) : [],
    sideShown: sideShown !== false,
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
