import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../../..');
const text = readFileSync(path.join(root, 'package.json'), 'utf8');
const words = readFileSync(path.join(root, 'package.nls.json'), 'utf8');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly mac?: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly markdownDescription?: string }>> };
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly markdown: string }; readonly completionEvents: readonly string[] }[];
    }[];
  };
}
const { contributes } = JSON.parse(text) as Manifest;
const declared = new Set(contributes.commands.map(({ command }) => command));
for (const { id } of Object.values(contributes.views).flat()) declared.add(`${id}.focus`);

describe('the manifest', () => {
  it('names no command that is not declared', () => {
    const named = [
      ...Object.values(contributes.menus)
        .flat()
        .map(({ command }) => command),
      ...contributes.keybindings.map(({ command }) => command),
      ...[...(text + words).matchAll(/(?:command:|onCommand:)([\w.]+)/g)].map(([, command]) => command ?? ''),
    ];
    assert(named.length > 30);
    assert.deepEqual(
      named.filter((command) => !declared.has(command)),
      [],
    );
  });

  it('says when each key counts, and has one for the Mac', () => {
    for (const { command, mac, when } of contributes.keybindings) assert(mac !== undefined && when !== undefined, command);
  });

  it('offers in the palette no command that needs something given to it', () => {
    const hidden = new Map(contributes.menus['commandPalette']?.map(({ command, when }) => [command, when]));
    const given = Object.entries(contributes.menus)
      .filter(([menu]) => menu === 'view/item/context' || menu === 'webview/context')
      .flatMap(([, items]) => items.map(({ command }) => command));
    for (const command of given) assert(hidden.get(command) !== undefined, command);
  });

  it('has at most 12 settings, each with words', () => {
    const settings = Object.entries(contributes.configuration.properties);
    assert(settings.length <= 12);
    for (const [name, { markdownDescription }] of settings) {
      assert(name.startsWith('threatwright.'));
      assert.equal(markdownDescription, `%setting.${name.slice('threatwright.'.length)}%`);
    }
  });

  it('has a walkthrough whose pages are there and whose steps can be completed', () => {
    const steps = contributes.walkthroughs.flatMap(({ steps }) => steps);
    assert(steps.length >= 5);
    for (const { media, completionEvents } of steps) {
      assert(existsSync(path.join(root, media.markdown)), media.markdown);
      assert(completionEvents.length > 0, media.markdown);
    }
  });
});
