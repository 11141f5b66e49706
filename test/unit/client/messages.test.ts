import assert from 'node:assert/strict';
import { parseFromWebview, parseState } from '../../../client/src/features/diagram/messages.ts';

describe('messages from the webview', () => {
  const good = [
    { v: 1, type: 'ready' },
    { v: 1, type: 'ready', have: 'abc' },
    { v: 1, type: 'reveal', id: 'agent' },
    { v: 1, type: 'reveal', id: '__proto__' },
    { v: 1, type: 'rule', id: 'some-rule' },
    { v: 1, type: 'log', level: 'warn', message: 'slow' },
    { v: 1, type: 'select', id: 'agent' },
    { v: 1, type: 'card', id: 'agent' },
    { v: 1, type: 'fixes', key: 'abc' },
    { v: 1, type: 'fix', key: 'abc', title: 'Add control' },
    { v: 1, type: 'edit', version: 3, edit: { do: 'move', id: 'agent', into: 'zone' } },
    { v: 1, type: 'edit', version: 3, edit: { do: 'move', id: 'agent', into: undefined } },
    { v: 1, type: 'edit', version: 3, edit: { do: 'connect', from: 'a', to: 'b' } },
    { v: 1, type: 'edit', version: 3, edit: { do: 'delete', id: 'a' } },
    { v: 1, type: 'edit', version: 3, edit: { do: 'retitle', id: 'a', title: '<b>' } },
    { v: 1, type: 'rename', version: 3, id: 'agent', to: 'helper' },
    { v: 1, type: 'pins', pins: { agent: { in: 'zone', x: 1, y: 2 } } },
    { v: 1, type: 'copy', text: 'x' },
    { v: 1, type: 'made', wish: { format: 'svg' } },
    { v: 1, type: 'save', format: 'svg', content: '<svg/>' },
  ];
  for (const message of good) it(`takes ${JSON.stringify(message)}`, () => assert.deepEqual(parseFromWebview(message), message));

  it('leaves out what is not of the protocol', () => {
    assert.deepEqual(parseFromWebview({ v: 1, type: 'reveal', id: 'agent', uri: 'file:///etc/passwd' }), {
      v: 1,
      type: 'reveal',
      id: 'agent',
    });
  });

  const bad = [
    undefined,
    null,
    'ready',
    [],
    {},
    { type: 'ready' },
    { v: 2, type: 'ready' },
    { v: 1, type: 'ready', have: 7 },
    { v: 1, type: 'open', uri: 'file:///etc/passwd' },
    { v: 1, type: 'toString' },
    { v: 1, type: 'reveal' },
    { v: 1, type: 'reveal', id: '' },
    { v: 1, type: 'reveal', id: 'x'.repeat(501) },
    { v: 1, type: 'rule', id: { toString: 'x' } },
    { v: 1, type: 'log', level: 'dispose', message: 'x' },
    { v: 1, type: 'select' },
    { v: 1, type: 'fix', key: 'abc' },
    { v: 1, type: 'fix', key: 'abc', title: 'x'.repeat(2001) },
    { v: 1, type: 'edit', edit: { do: 'delete', id: 'a' } },
    { v: 1, type: 'edit', version: '3', edit: { do: 'delete', id: 'a' } },
    { v: 1, type: 'edit', version: 3, edit: { do: 'write', text: 'x' } },
    { v: 1, type: 'edit', version: 3, edit: { do: 'connect', from: 'a' } },
    { v: 1, type: 'edit', version: 3, edit: { do: 'move', id: 'a', into: 3 } },
    { v: 1, type: 'rename', version: 3, id: 'agent' },
    { v: 1, type: 'rename', id: 'agent', to: 'helper' },
    { v: 1, type: 'pins', pins: [] },
    { v: 1, type: 'copy', text: 7 },
    { v: 1, type: 'save', format: 'exe', content: 'x' },
    { v: 1, type: 'save', format: 'svg' },
    { v: 1, type: 'log', level: 'info', message: 1 },
  ];
  for (const message of bad)
    it(`refuses ${JSON.stringify(message)?.slice(0, 60)}`, () => assert.equal(parseFromWebview(message), undefined));
});

describe('the state of a diagram that was kept over a reload', () => {
  const schemes = ['file', 'untitled', 'vscode-remote', 'memfs'];
  for (const uri of [
    'memfs:/a.threatmodel.yaml',
    'file:///a/b.threatmodel.yaml',
    'untitled:Untitled-1',
    'vscode-remote://ssh-remote%2Bhost/a.threatmodel.yaml',
  ]) {
    it(`names ${uri}`, () => assert.equal(parseState({ uri, scene: {} }, schemes), uri));
  }
  for (const state of [undefined, null, 'file:///a', {}, { uri: 1 }, { uri: '' }, { uri: 'https://example.com/a' }, { uri: 'command:x' }]) {
    it(`refuses ${JSON.stringify(state)}`, () => assert.equal(parseState(state, schemes), undefined));
  }
});
