import assert from 'node:assert/strict';
import { namespaceAt, namespaceRefusal, renamedNamespace } from '../../../server/src/language/renameNamespace.ts';
import { applyEdits } from '../../../server/src/syntax/index.ts';
import { Workspace } from '../../tools/usedFiles.ts';

const ORG = 'threatmodel: 1\nboundaries:\n  corp: { kind: organization }\n';
const PLATFORM =
  'threatmodel: 1\nuse: { org: ./org.threatmodel.yaml }\nboundaries:\n  net: { kind: network-zone, in: org.corp }\nelements:\n  gate: { kind: ai-gateway, in: "org.corp" }\n';
const APP =
  "threatmodel: 1\nuse:\n  'platform': ./platform.threatmodel.yaml # org. and platform.\n  org2: ./org.threatmodel.yaml\nelements:\n  bot: { kind: agent, in: [platform.net, platform.org.corp] }\n  org: { kind: model, in: org2.corp }\nflows:\n  f: { from: bot, to: platform.gate, kind: prompt }\n";

describe('a namespace that is renamed', () => {
  const files = { org: ORG, platform: PLATFORM, app: APP };
  const renamed = (file: string, owner: { file: string; name: string }, name: string): string => {
    const snapshot = new Workspace(files).snapshot(file);
    return applyEdits(snapshot.text, renamedNamespace(snapshot, `${file}.threatmodel.yaml`, owner, name));
  };

  it('is another wherever its own file says it', () => {
    const owner = { file: 'app.threatmodel.yaml', name: 'platform' };
    assert.equal(
      renamed('app', owner, 'base'),
      APP.replace("'platform':", "'base':")
        .replaceAll('platform.net', 'base.net')
        .replace('platform.org.corp', 'base.org.corp')
        .replace('platform.gate', 'base.gate'),
    );
    assert.equal(renamed('platform', owner, 'base'), PLATFORM);
  });

  it('is another where files name it that use its file, and nothing else of this name is', () => {
    const owner = { file: 'platform.threatmodel.yaml', name: 'org' };
    assert.equal(renamed('platform', owner, 'company'), PLATFORM.replace('org:', 'company:').replaceAll('org.corp', 'company.corp'));
    assert.equal(renamed('app', owner, 'company'), APP.replace('platform.org.corp', 'platform.company.corp'));
  });

  it('is found at its entry and nowhere else, and refused what is taken or no name', () => {
    const snapshot = new Workspace(files).snapshot('app');
    const at = (word: string): string | undefined => namespaceAt(snapshot, APP.indexOf(word) + 1)?.name;
    assert.deepEqual(
      [at('platform'), at('org2:'), at('./platform'), at('platform.gate'), at('bot')],
      ['platform', 'org2', undefined, undefined, undefined],
    );
    assert.match(namespaceRefusal(snapshot, 'platform', 'org2')?.refused ?? '', /"org2" is taken/);
    assert.match(namespaceRefusal(snapshot, 'platform', 'a.b')?.refused ?? '', /cannot be a namespace/);
    assert.equal(namespaceRefusal(snapshot, 'platform', 'platform'), undefined);
  });
});
