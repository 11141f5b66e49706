import type { Work } from '../../posture/index.ts';
import type { Writer } from './sheet.ts';

type Element = ReturnType<Writer['struct']>;
type Tag = 'Document' | 'Sect' | 'H1' | 'H2' | 'H3' | 'H4' | 'P' | 'Link' | 'Figure' | 'Caption' | ListTag | TableTag;
type ListTag = 'L' | 'LI' | 'Lbl' | 'LBody';
type TableTag = 'Table' | 'TR' | 'TH' | 'TD';
interface Facts {
  /** What is said in the place of a picture. */
  readonly alt?: string;
  /** What the head of a table is the head of. */
  readonly scope?: 'Column';
}

/** An element that is not complete: its text may stand in several places, a table's cell for instance. */
export interface Part {
  readonly element: Element;
  readonly tag: Tag;
}

/**
 * What a document is made of, beside how it looks: headings, paragraphs, lists, tables and their cells, in the order of reading. It is what
 * a screen reader goes by. All that is written is either the content of an element or an artifact.
 */
export class Structure {
  readonly #writer: Writer;
  #at: Part;
  #isArtifact = false;

  constructor(writer: Writer) {
    this.#writer = writer;
    this.#at = { element: writer.struct('Document'), tag: 'Document' };
    writer.addStructure(this.#at.element);
  }

  /** An element inside the present one; what is written meanwhile is inside it. */
  element(tag: Tag, write: () => void, facts: Facts = {}): void {
    const part = this.begin(tag, facts);
    this.within(part, write);
    this.end(part);
  }

  /** The same, written in turns. */
  *elementInTurns(tag: Tag, write: () => Work<void>): Work<void> {
    const part = this.begin(tag);
    const outer = this.#at;
    this.#at = part;
    yield* write();
    this.#at = outer;
    this.end(part);
  }

  begin(tag: Tag, facts: Facts = {}): Part {
    const element = this.#writer.struct(tag, facts);
    this.#at.element.add(element);
    return { element, tag };
  }

  /** What is written meanwhile is inside an element that has begun. */
  within(part: Part, write: () => void): void {
    const outer = this.#at;
    this.#at = part;
    write();
    this.#at = outer;
  }

  end({ element }: Part): void {
    element.end();
  }

  /** Marks on one page that are the content of the present element. */
  content(write: () => void): void {
    if (this.#isArtifact) return write();
    this.#at.element.add(this.#writer.markStructureContent(this.#at.tag));
    write();
    this.#writer.endMarkedContent();
  }

  /** Marks on one page that say nothing: lines, colours, numbers of pages. */
  artifact(type: 'Layout' | 'Pagination', write: () => void): void {
    this.#writer.markContent('Artifact', { type });
    this.#isArtifact = true;
    write();
    this.#isArtifact = false;
    this.#writer.endMarkedContent();
  }

  /** Nothing follows. */
  close(): void {
    this.#at.element.end();
  }
}
