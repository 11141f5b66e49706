import { TextDocument } from 'vscode-languageserver-textdocument';
import { isModelFile, SKIPPED_FOLDERS } from '../../model/index.ts';
import { OpenDocument, type Documents, type Knowledge } from '../documents.ts';
import { LARGEST_FILE, type ModelFiles } from '../runtime.ts';
import type { BugLog } from '../safe.ts';
import { isBelow, keyOf, nameOf } from './uris.ts';

/** More models than this are read only while they are open. */
const MOST_MODELS = 5000;
/** Characters of the models whose trees are kept although nobody has them open: a tree takes some eighty times its text. */
const MOST_KEPT = 128 * 1024;

/** An open document, or what is stored (version 0). */
export type ModelDocument = OpenDocument;

interface Entry {
  readonly uri: string;
  /** Another number each time the stored file may be another. */
  readonly stamp: number;
  /** What was asked of the stored file, for when its tree is forgotten. */
  readonly answers: Map<unknown, unknown>;
}

/**
 * All models in the folders of the workspace, open or not. What the client has open is what it says; everything else is
 * read when it is first asked for, and again after a change.
 */
export class WorkspaceModels {
  private readonly files: ModelFiles;
  private readonly documents: Documents;
  private readonly knowledge: () => Knowledge;
  private readonly log: BugLog;
  private readonly tell: (message: string) => void;
  private folders: readonly string[] = [];
  private listing: Promise<void> | undefined;
  private readonly entries = new Map<string, Entry>();
  /** The least recently used first. */
  private readonly kept = new Map<string, ModelDocument>();
  private keptSize = 0;
  private stamps = 0;
  private told = false;
  private readonly toldTooLarge = new Set<string>();
  private readonly listeners: ((uri: string) => void)[] = [];

  /** `tell` shows the author a message. */
  constructor(files: ModelFiles, documents: Documents, knowledge: () => Knowledge, log: BugLog, tell: (message: string) => void) {
    this.files = files;
    this.documents = documents;
    this.knowledge = knowledge;
    this.log = log;
    this.tell = tell;
  }

  /** These are the folders from now on. */
  follow(folders: readonly string[]): void {
    this.folders = folders;
    this.reset();
  }

  /** Looks for everything anew: nothing that was read is trusted. */
  reset(): void {
    this.listing = undefined;
    this.entries.clear();
    this.kept.clear();
    this.keptSize = 0;
  }

  /** There may be models that nobody has told of: a folder came with them. */
  lookAgain(): void {
    this.listing = undefined;
  }

  /** What was asked may have another answer, though the files are the same. */
  forgetAnswers(): void {
    for (const { answers } of this.entries.values()) answers.clear();
  }

  /** Calls `listener` whenever a stored file has changed, come or gone, or has stopped to be what the client says. */
  onChanged(listener: (uri: string) => void): void {
    this.listeners.push(listener);
  }

  /** All models there are. */
  async uris(): Promise<readonly string[]> {
    await this.listed();
    return [...this.entries.values()].map(({ uri }) => uri);
  }

  /** Whether a file is one of them; known once they have been listed. */
  has(uri: string): boolean {
    return this.entries.has(keyOf(uri));
  }

  /** A mark that is another one whenever the stored file may be another; `undefined` for what is none of the models. */
  stampOf(uri: string): number | undefined {
    return this.entries.get(keyOf(uri))?.stamp;
  }

  /** A model if it is at hand: open, or read not long ago. */
  peek(uri: string): ModelDocument | undefined {
    const open = this.documents.get(uri);
    if (open) return open;
    const key = keyOf(uri);
    const kept = this.kept.get(key);
    if (!kept) return undefined;
    this.kept.delete(key);
    this.kept.set(key, kept);
    return kept;
  }

  /** A model; `undefined` when it is none of the workspace, or cannot be read. */
  async load(uri: string): Promise<ModelDocument | undefined> {
    const known = this.peek(uri);
    if (known) return known;
    await this.listed();
    const key = keyOf(uri);
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    const { stamp } = entry;
    const stored = await this.files.read(entry.uri);
    const opened = this.peek(uri);
    if (opened) return opened;
    if ('refusal' in stored) {
      if (stored.refusal === 'too-large') this.tellTooLarge(entry.uri);
      if (entry.stamp === stamp) this.entries.delete(key);
      return undefined;
    }
    const document = new OpenDocument(TextDocument.create(entry.uri, 'threatmodel', 0, stored.text), this.knowledge(), this.log);
    if (entry.stamp === stamp && this.entries.get(key) === entry) this.keep(key, document);
    return document;
  }

  /** What `question` says of a model. Of one that is not open it is asked once, until the file changes. */
  async ask<T>(uri: string, question: (document: ModelDocument) => T): Promise<T | undefined> {
    const entry = this.entries.get(keyOf(uri));
    const isStored = (): boolean => this.documents.get(uri) === undefined;
    if (entry?.answers.has(question) && isStored()) return entry.answers.get(question) as T;
    const stamp = entry?.stamp;
    const document = await this.load(uri);
    if (!document) return undefined;
    const answer = question(document);
    if (entry?.stamp === stamp && isStored()) entry?.answers.set(question, answer);
    return answer;
  }

  /** A stored file has changed or come. */
  changed(uri: string): void {
    if (this.note(uri)) this.notify(uri);
  }

  /** The client has closed a document: what it said may never have been stored. */
  closed(uri: string): void {
    this.note(uri);
    this.notify(uri);
  }

  /** A stored file or a whole folder is no longer there. */
  gone(uri: string): void {
    const gone = keyOf(uri);
    for (const [key, { uri: file }] of [...this.entries]) {
      if (key !== gone && !isBelow(key, gone)) continue;
      this.entries.delete(key);
      this.forget(key);
      this.notify(file);
    }
  }

  /** Whether it is a model of the workspace; then it is read again when it is next asked for. */
  private note(uri: string): boolean {
    const key = keyOf(uri);
    const folder = this.folders.map(keyOf).find((each) => isBelow(key, each));
    if (folder === undefined || !isModelFile(key)) return false;
    if (
      key
        .slice(folder.length)
        .split('/')
        .some((name) => SKIPPED_FOLDERS.has(name))
    )
      return false;
    this.forget(key);
    const known = this.entries.get(key);
    if (!known && this.entries.size >= MOST_MODELS) return false;
    this.entries.set(key, { uri: known?.uri ?? uri, stamp: ++this.stamps, answers: new Map() });
    return true;
  }

  private notify(uri: string): void {
    for (const listener of this.listeners) listener(uri);
  }

  private listed(): Promise<void> {
    return (this.listing ??= this.list());
  }

  private async list(): Promise<void> {
    for (const folder of this.folders) {
      const { files, complete } = await this.files.list(folder, MOST_MODELS);
      if (!this.folders.includes(folder)) return;
      for (const uri of files) {
        const key = keyOf(uri);
        if (!this.entries.has(key)) this.entries.set(key, { uri, stamp: ++this.stamps, answers: new Map() });
      }
      if (complete || this.told) continue;
      this.told = true;
      this.tell(
        `There are more than ${MOST_MODELS} threat models or too many folders in ${folder}: the others are checked only while they are open.`,
      );
    }
  }

  /** Once for each file: it is read again whenever it changes. */
  private tellTooLarge(uri: string): void {
    if (this.toldTooLarge.has(keyOf(uri))) return;
    this.toldTooLarge.add(keyOf(uri));
    this.tell(`${nameOf(uri)} is larger than ${LARGEST_FILE / 1024 / 1024} MiB: it is checked only while it is open.`);
  }

  private keep(key: string, document: ModelDocument): void {
    this.kept.set(key, document);
    this.keptSize += document.text.getText().length;
    for (const [oldest] of this.kept) {
      if (this.keptSize <= MOST_KEPT || oldest === key) return;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    const document = this.kept.get(key);
    if (!document) return;
    this.kept.delete(key);
    this.keptSize -= document.text.getText().length;
  }
}
