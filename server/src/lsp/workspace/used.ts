import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Snapshot, UseFile } from '../../language/snapshot.ts';
import { UsedFiles, type UseAccess } from '../../language/usedFiles.ts';
import type { Documents, Knowledge, OpenDocument } from '../documents.ts';
import type { ModelFiles } from '../runtime.ts';
import type { BugLog } from '../safe.ts';
import { isBelow, keyOf, resolveUri } from './uris.ts';

type Found = ReturnType<UseAccess['find']>;
type Read = ReturnType<UseAccess['read']>;

/**
 * The files that models use. Snapshots cannot wait, so what they miss is noted, and read by `ready`. Files are named by keys.
 * A file is read only in a trusted workspace, and only when it really lies in the folder of the workspace that the file is in
 * which uses it (without one, in the folder of that file).
 */
export class UsedModels {
  private readonly files: ModelFiles;
  private readonly documents: Documents;
  private readonly used: UsedFiles;
  private folders: readonly string[] = [];
  private trusted = false;
  private readonly uris = new Map<string, string>();
  /** By the key of what a path leads to, and of the folder it must be in. */
  private readonly found = new Map<string, Found>();
  private readonly texts = new Map<string, Read>();
  /** By key: the files that use a file or whatever is at this place, themselves. */
  private readonly users = new Map<string, Set<string>>();
  /** What is being read, or looked for. */
  private readonly loading = new Map<string, Promise<void>>();
  /** Another number each time that what was read before is not trusted any more. */
  private round = 0;

  constructor(files: ModelFiles, documents: Documents, knowledge: () => Knowledge, log: BugLog) {
    this.files = files;
    this.documents = documents;
    const access: UseAccess = {
      find: (from, path) => this.find(from, path),
      read: (file) => this.read(file),
      open: (file) => this.documents.get(file)?.snapshot,
    };
    this.used = new UsedFiles(
      access,
      () => knowledge().today(),
      (part, error) => log.report(part, error),
    );
  }

  /** These are the folders from now on. */
  follow(folders: readonly string[], trusted: boolean): void {
    this.folders = folders;
    this.trusted = trusted;
    this.found.clear();
    this.texts.clear();
    this.begin();
  }

  useOf(uri: string, catalogue: Catalogue): UseFile {
    const key = keyOf(uri);
    if (!this.uris.has(key)) this.uris.set(key, uri);
    return this.used.useOf(key, catalogue);
  }

  /** The URI of a file, as a client that has it open spells it. */
  uriOf(file: string): string {
    return this.documents.get(file)?.uri ?? this.uris.get(file) ?? file;
  }

  /** The paths by which a file may use some models: those in the same folder of the workspace. */
  pathsFrom(uri: string, models: readonly string[]): readonly string[] {
    const key = keyOf(uri);
    const root = keyOf(this.rootOf(key));
    const others = models.map(keyOf).filter((model) => model !== key && isBelow(model, root));
    return others.map((model) => relativePath(key, model)).sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  }

  /** Reads what a document uses; `undefined` when there is nothing to wait for. */
  ready(document: OpenDocument): Promise<void> | undefined {
    return isWaiting(document.snapshot) ? this.readAll(document) : undefined;
  }

  /**
   * A file is not what it was: what is stored of it (it may have come or gone, or be one of a folder that has), or only what
   * the client says. Gives the URIs of all that use it, through others too.
   */
  changed(uri: string, stored: boolean): readonly string[] {
    const key = keyOf(uri);
    const touched = new Set([...this.users.keys()].filter((file) => file === key || (stored && isBelow(file, key))));
    if (touched.size === 0) return [];
    for (const [place, found] of this.found) {
      const [file = ''] = place.split('\n', 1);
      if (touched.has(file) && (stored || 'refusal' in found)) this.found.delete(place);
    }
    for (const file of touched) this.texts.delete(file);
    this.begin();
    const affected = new Set(touched);
    // A set grows at its end while it is walked.
    for (const file of affected) for (const user of this.users.get(file) ?? []) affected.add(user);
    return [...affected].filter((file) => !touched.has(file)).map((file) => this.uriOf(file));
  }

  private begin(): void {
    this.round++;
    this.loading.clear();
    this.used.changed();
  }

  private async readAll(document: OpenDocument): Promise<void> {
    while (isWaiting(document.snapshot) && this.loading.size > 0) await Promise.all(this.loading.values());
  }

  /** Notes that something is missing. It is there, or asked for anew, when its promise is fulfilled. */
  private load(what: string, read: () => Promise<() => void>): { readonly refusal: 'pending' } {
    const { round } = this;
    const take = (store: () => void): void => {
      if (round !== this.round) return;
      store();
      this.loading.delete(what);
      this.used.changed();
    };
    if (!this.loading.has(what)) this.loading.set(what, read().then(take));
    return { refusal: 'pending' };
  }

  private find(from: string, path: string): Found {
    if (!this.trusted) return { refusal: 'not-trusted' };
    const target = resolveUri(this.uriOf(from), path);
    const key = keyOf(target);
    const root = this.rootOf(from);
    if (!isBelow(key, keyOf(root))) return { refusal: 'outside' };
    this.note(key, from);
    const place = `${key}\n${root}`;
    const found = this.found.get(place);
    if (found) {
      if ('file' in found) this.note(found.file, from);
      return found;
    }
    return this.load(place, async () => {
      const located = await this.locate(target, root);
      return () => this.found.set(place, located);
    });
  }

  private async locate(target: string, root: string): Promise<Found> {
    const open = this.documents.get(target);
    const [file, folder] = this.files.real ? await Promise.all([this.files.real(target), this.files.real(root)]) : [target, root];
    const real = file ?? open?.uri;
    if (real === undefined) return { refusal: 'not-found' };
    const key = keyOf(real);
    if (file !== undefined && folder !== undefined && !isBelow(key, keyOf(folder))) return { refusal: 'outside' };
    this.uris.set(key, real);
    return { file: key };
  }

  private read(file: string): Read {
    const open = this.documents.get(file);
    if (open) return { text: open.text.getText() };
    const read = this.texts.get(file);
    if (read) return read;
    return this.load(file, async () => {
      const stored = await this.files.read(this.uriOf(file));
      return () => this.texts.set(file, stored);
    });
  }

  private note(file: string, user: string): void {
    const users = this.users.get(file);
    if (users) users.add(user);
    else this.users.set(file, new Set([user]));
  }

  private rootOf(file: string): string {
    const around = this.folders.filter((folder) => isBelow(file, keyOf(folder)));
    return around.sort((a, b) => b.length - a.length)[0] ?? resolveUri(this.uriOf(file), '.');
  }
}

/** Something that a snapshot uses, itself or through others, is not at hand. */
function isWaiting(snapshot: Snapshot, seen = new Set<Snapshot>()): boolean {
  if (seen.has(snapshot)) return false;
  seen.add(snapshot);
  for (const used of snapshot.used.values()) {
    if ('refusal' in used ? used.refusal === 'pending' : isWaiting(used.snapshot, seen)) return true;
  }
  return false;
}

function relativePath(from: string, to: string): string {
  const [folders, target] = [from.split('/').slice(0, -1), to.split('/')];
  let same = 0;
  while (same < folders.length && folders[same] === target[same]) same++;
  const up = folders.length - same;
  return (up === 0 ? './' : '../'.repeat(up)) + target.slice(same).join('/');
}

/** How far away it is. */
function depth(path: string): number {
  return path.split('/').length;
}
