import type { DiagramResult } from '../../server/src/protocol/messages.ts';
import type { Viewport } from './canvas/viewport.ts';
import type { View } from './view.ts';

export interface Facts {
  readonly view: View | undefined;
  readonly diagram: Pick<DiagramResult, 'version' | 'stale' | 'picture'> | undefined;
  readonly layouts: number;
  readonly viewport: Viewport;
}

/** What somebody who helps needs to know of the page. Numbers and states only: nothing of the model's texts. */
export function diagnosticsOf({ view, diagram, layouts, viewport }: Facts): string {
  const { innerWidth, innerHeight, devicePixelRatio } = window;
  const lines = {
    browser: navigator.userAgent,
    theme: document.body.dataset['vscodeThemeKind'] ?? 'unknown',
    window: `${innerWidth} × ${innerHeight} at ${devicePixelRatio}`,
    diagram: diagram ? `version ${diagram.version}, picture ${diagram.picture}${diagram.stale ? ', stale' : ''}` : 'none was received',
    model: view
      ? `${view.graph.nodes.length} elements, ${view.graph.edges.length} legs, ${view.allMarks.findings.length} findings`
      : 'none',
    scene: view ? `${view.scene.nodes.length} boxes, ${view.scene.width} × ${view.scene.height}` : 'none',
    fallback: view?.scene.fallback ?? 'no',
    layouts: String(layouts),
    viewport: JSON.stringify(viewport),
    worker: typeof Worker === 'function' ? 'can be made' : 'is missing',
  };
  return ['Threatwright diagram', ...Object.entries(lines).map(([name, value]) => `${name}: ${value}`)].join('\n');
}
