import type { DiagramFacts, DiagramResult } from '../../server/src/protocol/messages.ts';
import { Picture, received } from './picture.ts';
import { followRenames, FRESH, stillThere, withCollapsed, type Renamed, type Session } from './session.ts';
import type { KeptState } from './state.ts';

/** What a message has changed besides the picture. */
export interface Taken {
  readonly picture: Picture;
  /** What has another id now. */
  readonly followed: readonly Renamed[];
  /** The chosen finding is gone. */
  readonly lostFinding: boolean;
}

/** What the host sent last, and what the user has chosen of it: all that the page shows, and nothing of how. */
export class Current {
  #diagram: DiagramFacts | undefined;
  #picture: Picture | undefined;
  session: Session = FRESH;

  get diagram(): DiagramFacts | undefined {
    return this.#diagram;
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  /** What was kept over a reload. */
  restore({ uri, picture, version, stale, graph, marks, session }: KeptState): void {
    this.#diagram = { uri, picture: picture ?? '', revision: '', version, stale };
    this.#picture = new Picture(graph, marks, undefined, picture === undefined);
    this.session = session;
  }

  /** What was chosen stays chosen as far as it is there still. Undefined when the message is told by something that is not here. */
  take(sent: DiagramResult): Taken | undefined {
    const drawing = received(sent, this.#picture, this.#diagram);
    if (!drawing) return undefined;
    const { graph, marks } = drawing;
    const { uri, version, picture: name, revision, stale } = sent;
    this.#diagram = { uri, version, picture: name, revision, stale };
    const picture = new Picture(graph, marks, this.#picture);
    this.#picture = picture;
    const { session, followed } = followRenames(this.session, (id) => picture.names.sortOf(id) !== undefined);
    this.session = withCollapsed(stillThere(session, graph, marks), graph);
    return { picture, followed, lostFinding: session.finding !== undefined && this.session.finding === undefined };
  }
}
