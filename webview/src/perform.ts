import type { Action, Dispatch } from './actions.ts';
import type { Announcer } from './announce.ts';
import { describe } from './describe.ts';
import { askId, askTitle } from './edit/naming.ts';
import type { Pinning } from './edit/pinning.ts';
import { showThingMenu } from './edit/thingMenu.ts';
import { askExport } from './export/exportDialog.ts';
import { showHelp } from './help.ts';
import type { Host } from './host.ts';
import type { Scenes } from './layout/scenes.ts';
import type { Page } from './page.ts';
import type { Picture } from './picture.ts';
import type { Renamed } from './session.ts';
import type { View } from './view.ts';

/** What the page can do besides showing another choice. */
export interface Means {
  readonly host: Host;
  readonly page: Page;
  readonly announcer: Announcer;
  readonly scenes: Scenes;
  readonly pinning: Pinning;
  readonly dispatch: Dispatch;
  readonly view: View | undefined;
  readonly picture: Picture | undefined;
  /** Of the text that the diagram shows. */
  readonly version: number | undefined;
  refresh(): void;
  /** A thing will have another id. */
  renaming(renamed: Renamed): void;
  copyDiagnostics(): void;
}

type Place = { readonly x: number; readonly y: number };

/** Does an action that is no choice of what is shown; false when it is one. */
export function perform(action: Action, means: Means): boolean {
  const { host, page, announcer, scenes, pinning, dispatch, view, picture, version } = means;
  const { canvas } = page;
  const { camera } = canvas;
  switch (action.do) {
    case 'zoom':
      camera.zoomTo(camera.viewport.scale * action.factor);
      return true;
    case 'actualSize':
      camera.zoomTo(1);
      return true;
    case 'fit':
      camera.fit();
      return true;
    case 'fitSelection':
      if (view?.session.selection === undefined) camera.fit();
      else canvas.fitTo(view.session.selection);
      return true;
    case 'hush':
      page.notices.hush();
      return true;
    case 'search':
      page.search.open();
      return true;
    case 'help':
      showHelp();
      return true;
    case 'menu':
      showMenuOf(view?.session.selection, canvas.placeOf(view?.session.selection ?? ''), means);
      return true;
    case 'explain':
      host.send({ type: 'rule', id: action.rule });
      return true;
    case 'reveal':
      host.send({ type: 'reveal', id: ownId(view, action.id) });
      return true;
    case 'edit':
      page.notices.hush();
      if (version !== undefined) host.send({ type: 'edit', version, edit: action.edit });
      return true;
    case 'retitle':
      if (view) askTitle(view, ownId(view, action.id), dispatch, canvas.placeOf(action.id));
      return true;
    case 'rename':
      if (view) rename(view, ownId(view, action.id), canvas.placeOf(action.id), means);
      return true;
    case 'relayout':
      pinning.free(picture);
      scenes.forget();
      announcer.say('The picture is laid out anew.');
      means.refresh();
      return true;
    case 'pin':
    case 'nudge':
      if (view && picture) pinning.put(view, picture, action.id, action);
      return true;
    case 'unpin':
      pinning.free(picture, action.id);
      return true;
    case 'export':
      if (view) askExport(view, (wish) => host.send({ type: 'made', wish }));
      return true;
    case 'copyText':
      if (view) host.send({ type: 'copy', text: describe(view) });
      return true;
    case 'diagnostics':
      means.copyDiagnostics();
      return true;
    default:
      return false;
  }
}

/** The menu of a thing; without one, that of the picture. */
export function showMenuOf(id: string | undefined, at: Place, { view, page, announcer, dispatch, pinning }: Means): void {
  if (!view) return;
  if (id === undefined) return page.toolbar.showMore(at);
  const connectFrom = (from: string): void => {
    const text = 'Where does the flow lead? Walk there and press Enter; Escape gives up.';
    page.canvas.connectFrom(from);
    page.notices.say(text);
    announcer.say(text);
  };
  showThingMenu(view, id, { dispatch, connectFrom, pinned: pinning.pins.has(id) }, at);
}

/** The model's id of what is drawn: a summary stands for its first flow. */
export function ownId(view: View | undefined, id: string): string {
  if (!view || view.names.sortOf(id) !== undefined) return id;
  return [...view.shownAs].find(([, as]) => as === id)?.[0] ?? id;
}

function rename(view: View, id: string, at: Place, { page, host, version, renaming }: Means): void {
  askId(view, id, at, (to) => {
    page.notices.hush();
    if (version === undefined) return;
    renaming({ id, to });
    host.send({ type: 'rename', version, id, to });
  });
}
