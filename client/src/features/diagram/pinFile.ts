import { type Disposable, FileSystemError, RelativePattern, Uri, workspace } from 'vscode';
import { pinsFileOf, readPins, writePins, type Pins } from '../../../../server/src/diagram/pins.ts';

/**
 * The file beside a model that keeps where elements were put by hand. Anybody may write it: it is checked when it is read,
 * and read again when it changes. There is none as long as nothing was put anywhere, nor for a model that is not saved.
 */
export class PinFile implements Disposable {
  readonly #file: Uri | undefined;
  readonly #changed: (pins: Pins) => void;
  readonly #watcher: Disposable | undefined;
  /** What the file says, as far as we know: our own change is no news. */
  #text: string | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(model: Uri, changed: (pins: Pins) => void) {
    this.#changed = changed;
    if (model.scheme === 'untitled') return;
    this.#file = model.with({ path: pinsFileOf(model.path) });
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(this.#file, '..'), nameOf(this.#file)));
    const read = (): void => void this.#readChange();
    watcher.onDidChange(read);
    watcher.onDidCreate(read);
    watcher.onDidDelete(read);
    this.#watcher = watcher;
  }

  /** Tells what the file says now. */
  async read(): Promise<void> {
    this.#text = await this.#load();
    this.#tell();
  }

  /** One after the other, so that the last one stands. */
  async write(pins: Pins): Promise<void> {
    const file = this.#file;
    if (!file) return;
    const text = pins.size === 0 ? undefined : writePins(pins);
    this.#text = text;
    const written = this.#writing.then(async () => {
      if (text !== undefined) await workspace.fs.writeFile(file, new TextEncoder().encode(text));
      else if ((await this.#load()) !== undefined) await workspace.fs.delete(file, { useTrash: false });
    });
    this.#writing = written.catch(() => undefined);
    await written;
  }

  dispose(): void {
    this.#watcher?.dispose();
  }

  async #readChange(): Promise<void> {
    await this.#writing;
    const text = await this.#load();
    if (text === this.#text) return;
    this.#text = text;
    this.#tell();
  }

  #tell(): void {
    // A file that is no such file is left alone, and nothing is where it says.
    const pins = this.#text === undefined ? new Map<string, never>() : readPins(this.#text);
    if (pins) this.#changed(pins);
  }

  async #load(): Promise<string | undefined> {
    try {
      return this.#file && new TextDecoder().decode(await workspace.fs.readFile(this.#file));
    } catch (error) {
      if (error instanceof FileSystemError) return undefined;
      throw error;
    }
  }
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
