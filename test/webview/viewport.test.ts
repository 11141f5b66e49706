import assert from 'node:assert/strict';
import {
  fit,
  fitBox,
  firstView,
  isReadable,
  keepInPlace,
  LARGEST,
  onScreen,
  showBox,
  SMALLEST,
  zoomAt,
} from '../../webview/src/canvas/viewport.ts';
import { neighbour, type Thing } from '../../webview/src/canvas/walk.ts';

const frame = { width: 800, height: 600 };

describe('where the picture is in its window', () => {
  it('fit shows all of it in the middle, small pictures no larger than they are', () => {
    assert.deepEqual(fit({ width: 200, height: 100 }, frame), { x: 300, y: 250, scale: 1 });
    const large = fit({ width: 4000, height: 1000 }, frame);
    assert.deepEqual({ ...large, y: 0 }, { x: 20, y: 0, scale: 0.19 });
    assert.ok(fit({ width: 0, height: 0 }, { width: 0, height: 0 }).scale >= SMALLEST);
  });

  it('the first view of what cannot be read as a whole is its beginning', () => {
    assert.deepEqual(firstView({ width: 900, height: 700 }, frame), { viewport: fit({ width: 900, height: 700 }, frame), fitted: true });
    assert.deepEqual(firstView({ width: 500, height: 6000 }, frame), { viewport: { x: 250, y: 20, scale: 0.6 }, fitted: false });
  });

  it('zooming keeps the point below the pointer, within the limits', () => {
    const before = { x: 10, y: 20, scale: 1 };
    const at = { x: 110, y: 220 };
    assert.deepEqual(zoomAt(before, 2, at), { x: -90, y: -180, scale: 2 });
    assert.equal(zoomAt(before, 100, at).scale, LARGEST);
    assert.equal(zoomAt(before, 0.001, at).scale, SMALLEST);
  });

  it('what is in sight is not moved, what is not is moved as little as possible', () => {
    const viewport = { x: 0, y: 0, scale: 1 };
    assert.equal(showBox(viewport, { x: 100, y: 100, width: 50, height: 50 }, frame), viewport);
    assert.deepEqual(showBox(viewport, { x: 790, y: 100, width: 50, height: 50 }, frame), { x: -60, y: 0, scale: 1 });
    assert.deepEqual(showBox(viewport, { x: -30, y: 100, width: 50, height: 50 }, frame), { x: 50, y: 0, scale: 1 });
    assert.deepEqual(showBox(viewport, { x: 50, y: -10, width: 2000, height: 50 }, frame), { x: -30, y: 30, scale: 1 });
  });

  it('a thing that has moved in the picture is kept where it was on the screen', () => {
    const viewport = { x: 7, y: 9, scale: 0.5 };
    const [before, after] = [
      { x: 100, y: 100, width: 40, height: 20 },
      { x: 300, y: 50, width: 60, height: 20 },
    ];
    const shown = onScreen(keepInPlace(viewport, before, after), after);
    assert.equal(shown.x + shown.width / 2, 7 + 0.5 * 120);
    assert.equal(shown.y, 9 + 0.5 * 100);
  });

  it('a part is brought to a readable size, and left alone when it is', () => {
    const part = { x: 1000, y: 1000, width: 400, height: 200 };
    const near = fitBox(part, frame);
    assert.deepEqual(onScreen(near, part), { x: 200, y: 200, width: 400, height: 200 });
    assert.ok(isReadable(near, part, frame));
    assert.ok(!isReadable({ ...near, x: near.x + 500 }, part, frame), 'out of sight');
    assert.ok(!isReadable({ x: 0, y: 0, scale: 0.3 }, part, frame), 'too small');
  });
});

describe('the nearest neighbour', () => {
  const thing = (id: string, x: number, y: number, type: Thing['type'] = 'node'): Thing => ({
    type,
    id,
    box: { x, y, width: 10, height: 10 },
  });
  const middle = thing('middle', 0, 0);

  it('lies in the direction, and rather ahead than aside', () => {
    const things = [middle, thing('aside', 30, 60), thing('ahead', 80, 5), thing('behind', -5, 0), thing('flow', 20, 0, 'flow')];
    assert.equal(neighbour(things, middle, 'right')?.id, 'ahead');
    assert.equal(neighbour(things, middle, 'left')?.id, 'behind');
    assert.equal(neighbour(things, middle, 'down')?.id, 'aside');
    assert.equal(neighbour(things, middle, 'up'), undefined);
  });
});
