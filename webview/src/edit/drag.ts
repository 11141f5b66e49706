import { SVG_NAMESPACE, type Box, type Point, type Scene } from '../../../server/src/diagram/index.ts';
import type { Dispatch } from '../actions.ts';
import type { Camera } from '../canvas/camera.ts';
import type { Drag } from '../canvas/gestures.ts';

/** What a drag needs of the picture. */
export interface DragStage {
  readonly scene: Scene;
  readonly camera: Camera;
  /** The group of a thing in the picture. */
  dom(id: string): SVGElement | null;
  /** Where a line may be drawn over the picture. */
  readonly overlay: SVGElement;
  readonly dispatch: Dispatch;
}

/** An element on its way to another place: in another boundary it changes the text, in its own it is pinned there. */
export function moveDrag(stage: DragStage, id: string, start: Point): Drag | undefined {
  const node = stage.scene.nodes.find((it) => it.node.id === id);
  const part = stage.dom(id);
  if (!node || !part || node.node.shape === 'boundary') return undefined;
  const from = stage.camera.inPicture(start);
  const offset = (to: Point): Point => {
    const at = stage.camera.inPicture(to);
    return { x: at.x - from.x, y: at.y - from.y };
  };
  const targetAt = (to: Point): string | undefined => boundaryAt(stage.scene, stage.camera.inPicture(to));
  let target: SVGElement | null = null;
  const mark = (boundary: string | undefined): void => {
    const next = boundary === undefined || boundary === node.node.boundary ? null : stage.dom(boundary);
    if (next === target) return;
    target?.classList.remove('drop-target');
    target = next;
    target?.classList.add('drop-target');
  };
  return {
    move(to) {
      const { x, y } = offset(to);
      part.style.translate = `${x}px ${y}px`;
      part.classList.add('moving');
      mark(targetAt(to));
    },
    end(to) {
      part.style.translate = '';
      part.classList.remove('moving');
      mark(undefined);
      if (!to) return;
      const into = targetAt(to);
      const { x, y } = offset(to);
      if (into !== node.node.boundary) stage.dispatch({ do: 'edit', edit: { do: 'move', id, into } });
      else stage.dispatch({ do: 'pin', id, at: { x: node.x + x, y: node.y + y } });
    },
  };
}

/** A flow that is drawn from one element to another. */
export function connectDrag(stage: DragStage, id: string): Drag | undefined {
  const node = stage.scene.nodes.find((it) => it.node.id === id);
  if (!node || node.node.shape === 'boundary') return undefined;
  const line = document.createElementNS(SVG_NAMESPACE, 'path');
  line.setAttribute('class', 'drawn-flow');
  const middle = { x: node.x + node.width / 2, y: node.y + node.height / 2 };
  let target: SVGElement | null = null;
  const mark = (other: string | undefined): void => {
    const next = other === undefined ? null : stage.dom(other);
    if (next === target) return;
    target?.classList.remove('drop-target');
    target = next;
    target?.classList.add('drop-target');
  };
  const targetAt = (to: Point): string | undefined => {
    const hit = nodeAt(stage.scene, stage.camera.inPicture(to));
    return hit === id ? undefined : hit;
  };
  return {
    move(to) {
      if (!line.isConnected) stage.overlay.append(line);
      const at = stage.camera.inPicture(to);
      line.setAttribute('d', `M${middle.x} ${middle.y}L${at.x} ${at.y}`);
      mark(targetAt(to));
    },
    end(to) {
      line.remove();
      mark(undefined);
      const other = to && targetAt(to);
      if (other !== undefined) stage.dispatch({ do: 'edit', edit: { do: 'connect', from: id, to: other } });
    },
  };
}

/** The innermost boundary at a point of the picture: inner ones come later. */
export function boundaryAt({ boundaries }: Scene, at: Point): string | undefined {
  return boundaries.findLast((box) => holds(box, at))?.boundary.id;
}

function nodeAt({ nodes }: Scene, at: Point): string | undefined {
  return nodes.find((box) => box.node.shape !== 'boundary' && holds(box, at))?.node.id;
}

function holds({ x, y, width, height }: Box, at: Point): boolean {
  return at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height;
}
