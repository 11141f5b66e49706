import assert from 'node:assert/strict';
import type { Position } from 'vscode';
import {
  type CodeAction,
  commands,
  type CompletionList,
  DiagnosticSeverity,
  extensions,
  type Hover,
  type Location,
  type LocationLink,
  Range,
  workspace,
} from 'vscode';
import { closeAll, codeOf, diagnosticsWhen, extensionId, findingsOf, open, problemsOf, replace } from './support.ts';

const file = 'support.threatmodel.yaml';

const ofView = /^threatwright\.threats\.(focus|open|removeView|resetViewLocation|toggleVisibility)$/;

describe('the language in VS Code', () => {
  afterEach(closeAll);

  it('registers every command that the manifest declares', async () => {
    const manifest = extensions.getExtension(extensionId)?.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await commands.getCommands(true));
    const declared = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
    // Those of its views are VS Code's own.
    const own = [...registered].filter((command) => command.startsWith('threatwright.') && !ofView.test(command));
    assert.deepEqual(own.sort(), declared.toSorted());
  });

  it('shows a problem of the file and findings, each in its place, with rule and related places', async () => {
    const document = await open(file);
    const all = await diagnosticsWhen(
      document,
      'a problem and a finding',
      (all) => problemsOf(all).length > 0 && findingsOf(all).length > 0,
    );
    assert.deepEqual(
      problemsOf(all).map(({ range }) => document.getText(range)),
      ['refund'],
      'the flow to an element that does not exist',
    );
    const finding = all.find((diagnostic) => codeOf(diagnostic) === 'denial-of-wallet');
    assert(finding, 'a finding about the prompt');
    assert.equal(document.getText(finding.range), 'ask');
    assert.notEqual(finding.severity, DiagnosticSeverity.Hint);
    assert.equal(finding.source, 'threatwright');
    assert((finding.relatedInformation ?? []).length > 0, 'related places');
    assert(
      typeof finding.code === 'object' && finding.code.target.toString().includes('denial-of-wallet'),
      'a link to the page of the rule',
    );
  });

  it('looks again after an edit that is not saved', async () => {
    const document = await open(file);
    await diagnosticsWhen(document, 'the problem', (all) => problemsOf(all).length === 1);
    await replace(document, 'to: refund,', 'to: refunds,');
    const all = await diagnosticsWhen(document, 'no problem', (all) => problemsOf(all).length === 0 && all.length > 0);
    assert(
      all.some((diagnostic) => codeOf(diagnostic) === 'tool-arguments-unvalidated'),
      'the flow is whole now and has findings of its own',
    );
    await replace(document, 'kind: human-user', 'kind: humanuser');
    await diagnosticsWhen(document, 'the unknown kind', (all) =>
      problemsOf(all).some(({ range }) => document.getText(range) === 'humanuser'),
    );
  });

  it('clears a finding by its quick fix', async () => {
    const document = await open(file);
    const rule = 'agent-without-identity';
    const all = await diagnosticsWhen(document, rule, (all) => all.some((diagnostic) => codeOf(diagnostic) === rule));
    const finding = all.find((diagnostic) => codeOf(diagnostic) === rule);
    assert(finding);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
      'quickfix',
      20,
    );
    const fix = actions.find(({ edit, title }) => edit !== undefined && title.includes('Unique identity'));
    assert(fix?.edit, `a quick fix among ${JSON.stringify(actions.map(({ title }) => title))}`);
    assert(await workspace.applyEdit(fix.edit));
    await diagnosticsWhen(document, `no ${rule}`, (all) => all.length > 0 && !all.some((diagnostic) => codeOf(diagnostic) === rule));
  });

  it('splits a flow, and puts the file in order', async () => {
    const document = await open(file);
    await replace(document, 'to: refund,', 'to: refunds,');
    await diagnosticsWhen(document, 'an answer of the server', (all) => all.length > 0 && problemsOf(all).length === 0);
    const act = async (kind: string, title: RegExp, at: string): Promise<void> => {
      const start = document.positionAt(document.getText().indexOf(at));
      const range = new Range(start, start);
      const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind, 20);
      const action = actions.find((known) => title.test(known.title));
      assert(action?.edit, `${title.source} among ${actions.map((known) => known.title).join(', ')}`);
      assert(await workspace.applyEdit(action.edit));
    };
    await act('refactor.rewrite', /^Split ask/, 'ask:');
    assert.match(document.getText(), /to: ask-step\b[^]*ask-on: \{ from: ask-step/);
    await replace(document, 'flows:', 'data: {}\nflows:');
    await replace(document, 'elements:', 'assumptions: [one]\nelements:');
    await act('source.organizeElements', /in order/, 'flows:');
    assert.match(document.getText(), /^data:[^]*^elements:[^]*^flows:[^]*^assumptions:/m);
  });

  it('completes, explains and finds', async () => {
    const document = await open(file);
    await diagnosticsWhen(document, 'an answer of the server', (all) => all.length > 0);
    const at = (text: string, offset: number): Position => document.positionAt(document.getText().indexOf(text) + offset);
    const list = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      at('to: refund,', 'to: '.length),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert(labels.includes('refunds') && labels.includes('customer'), `elements among ${labels.join(', ')}`);
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at('kind: human-user', 'kind: hu'.length),
    );
    assert(hovers.length > 0, 'a hover on a kind');
    const places = await commands.executeCommand<(Location | LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      at('from: agent', 'from: ag'.length),
    );
    const [place] = places.map((place) => ('targetRange' in place ? (place.targetSelectionRange ?? place.targetRange) : place.range));
    assert(place, 'a definition');
    assert.equal(place.start.line, at('  agent:', 2).line);
  });

  it('works again after the server was restarted', async () => {
    const document = await open(file);
    await diagnosticsWhen(document, 'the problem', (all) => problemsOf(all).length === 1);
    await commands.executeCommand('threatwright.restartServer');
    await replace(document, 'to: refund,', 'to: refunds,');
    await diagnosticsWhen(document, 'no problem', (all) => all.length > 0 && problemsOf(all).length === 0);
  });
});
