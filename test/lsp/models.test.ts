import assert from 'node:assert/strict';
import type { Documents, Knowledge } from '../../server/src/lsp/documents.ts';
import type { StoredText } from '../../server/src/lsp/runtime.ts';
import type { BugLog } from '../../server/src/lsp/safe.ts';
import { WorkspaceModels, type ModelDocument } from '../../server/src/lsp/workspace/models.ts';

const FOLDER = 'file:///w';
const uriOf = (index: number): string => `${FOLDER}/m${index}.threatmodel.yaml`;

/** Models of 10,000 characters in a folder, with a note of every time that one is read. */
class Disk {
  readonly reads: string[] = [];
  readonly said: string[] = [];
  complete = true;
  /** Why the seventh cannot be read. */
  seven: 'too-large' | 'unreadable' = 'unreadable';
  /** Called while a file is being read. */
  meanwhile: () => void = () => undefined;
  readonly models: WorkspaceModels;

  constructor(count: number) {
    const files = {
      list: () => Promise.resolve({ files: Array.from({ length: count }, (_, index) => uriOf(index)), complete: this.complete }),
      read: (uri: string): Promise<StoredText> => {
        this.reads.push(uri);
        this.meanwhile();
        if (uri.includes('m9.')) return Promise.resolve({ refusal: 'unreadable' });
        if (uri.includes('m7.')) return Promise.resolve({ refusal: this.seven });
        return Promise.resolve({ text: `# ${uri}`.padEnd(10_000) });
      },
    };
    const documents = { get: () => undefined } as unknown as Documents;
    const nothing = (() => undefined) as unknown;
    this.models = new WorkspaceModels(files, documents, nothing as () => Knowledge, nothing as BugLog, (text) => this.said.push(text));
    this.models.follow([FOLDER]);
  }
}

const lengthOf = ({ text }: ModelDocument): number => text.getText().length;

describe('the index of the models of a workspace', () => {
  it('reads each when it is first asked for, and once', async () => {
    const { models, reads } = new Disk(3);
    assert.equal((await models.uris()).length, 3);
    assert.deepEqual(reads, []);
    assert.equal(await models.load(uriOf(1)), await models.load(uriOf(1)));
    assert.equal(models.peek(uriOf(1))?.version, 0);
    assert.deepEqual(reads, [uriOf(1)]);
  });

  it('says of each file once that it is too large', async () => {
    const disk = new Disk(8);
    await disk.models.load(uriOf(7));
    assert.deepEqual(disk.said, []);
    disk.seven = 'too-large';
    for (let round = 0; round < 2; round++) {
      disk.models.changed(uriOf(7));
      assert.equal(await disk.models.load(uriOf(7)), undefined);
    }
    assert.deepEqual(disk.said, ['m7.threatmodel.yaml is larger than 8 MiB: it is checked only while it is open.']);
  });

  it('keeps answers when it forgets trees', async () => {
    const { models, reads } = new Disk(40);
    const ask = async (): Promise<void> => {
      for (const uri of await models.uris()) await models.ask(uri, lengthOf);
    };
    await ask();
    assert.equal(models.peek(uriOf(0)), undefined);
    assert.notEqual(models.peek(uriOf(39)), undefined);
    const before = reads.length;
    await ask();
    // All but the one that cannot be read, which is none of the models.
    assert.equal(reads.length, before);
    assert.equal(models.has(uriOf(9)), false);
    models.forgetAnswers();
    await ask();
    assert.ok(reads.length > before);
  });

  it('reads again what has changed, also while it was being read', async () => {
    const disk = new Disk(1);
    const { models, reads } = disk;
    await models.load(uriOf(0));
    models.changed(uriOf(0));
    disk.meanwhile = () => {
      disk.meanwhile = () => undefined;
      models.changed(uriOf(0));
    };
    await models.ask(uriOf(0), lengthOf);
    assert.equal(models.peek(uriOf(0)), undefined);
    await models.ask(uriOf(0), lengthOf);
    assert.equal(reads.length, 3);
  });

  it('tells whoever listens of changes of its models, and of what goes', async () => {
    const { models } = new Disk(2);
    await models.uris();
    const heard: string[] = [];
    models.onChanged((uri) => heard.push(uri));
    for (const name of ['new.threatmodel.yaml', 'new.yaml', 'node_modules/x.threatmodel.yaml', '../x.threatmodel.yaml']) {
      models.changed(new URL(name, `${FOLDER}/`).href);
    }
    models.gone(uriOf(1));
    models.gone(`${FOLDER}/m`);
    assert.deepEqual(heard, [`${FOLDER}/new.threatmodel.yaml`, uriOf(1)]);
    models.gone(FOLDER);
    assert.deepEqual(await models.uris(), []);
  });

  it('says once when there are too many', async () => {
    const disk = new Disk(1);
    disk.complete = false;
    await disk.models.uris();
    disk.models.reset();
    await disk.models.uris();
    assert.equal(disk.said.length, 1);
    assert.match(disk.said[0] ?? '', /more than 5000 threat models/);
  });
});
