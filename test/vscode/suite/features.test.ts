import assert from 'node:assert/strict';
import { commands, LanguageModelTextPart, lm, TabInputWebview, ViewColumn, window, workspace } from 'vscode';
import { closeAll, diagnosticsWhen, diagramTabs, findingsOf, open, problemsOf, until } from './support.ts';

const file = 'support.threatmodel.yaml';
const tabs = [window.tabGroups.onDidChangeTabs, window.tabGroups.onDidChangeTabGroups];

describe('what the extension adds to VS Code', () => {
  afterEach(closeAll);

  it('opens one diagram for a model, beside the text, which keeps the focus', async () => {
    const document = await open(file);
    await commands.executeCommand('threatwright.openDiagram');
    const [tab] = await until(tabs, () => (diagramTabs().length > 0 ? diagramTabs() : undefined), 'the tab of the diagram');
    assert.equal(tab?.label, 'Diagram support');
    assert.equal(tab.group.viewColumn, ViewColumn.Two);
    assert.equal(window.activeTextEditor?.document, document);
    await commands.executeCommand('threatwright.openDiagram', document.uri);
    assert.equal(diagramTabs().length, 1);
  });

  it('opens one board of the posture for a model', async () => {
    await open(file);
    const boards = (): number =>
      window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('threatwright.posture')).length;
    await commands.executeCommand('threatwright.posture');
    await until(tabs, () => (boards() === 1 ? true : undefined), 'the tab of the board');
    await commands.executeCommand('threatwright.posture');
    assert.equal(boards(), 1);
  });

  it('closes the diagram and opens it anew', async () => {
    await open(file);
    await commands.executeCommand('threatwright.openDiagram');
    const [tab] = await until(tabs, () => (diagramTabs().length > 0 ? diagramTabs() : undefined), 'the tab of the diagram');
    assert(tab);
    await window.tabGroups.close(tab);
    assert.equal(diagramTabs().length, 0);
    await commands.executeCommand('threatwright.openDiagram');
    await until(tabs, () => (diagramTabs().length === 1 ? true : undefined), 'the diagram again');
  });

  it('shows the page of a rule as rendered Markdown', async () => {
    await commands.executeCommand('threatwright.showRule', 'prompt-input-unscreened');
    const preview = (): boolean | undefined =>
      window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .some(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('markdown.preview')) || undefined;
    await until(tabs, preview, 'the preview');
    const page = (): true | undefined =>
      workspace.textDocuments.some((document) => document.uri.scheme === 'threatwright' && document.getText().startsWith('# ')) ||
      undefined;
    await until([workspace.onDidOpenTextDocument, workspace.onDidChangeTextDocument], page, 'the text of the page');
  });

  it('starts a new model that has no problems and its first findings', async () => {
    await commands.executeCommand('threatwright.newModel', 'rag-chat');
    const document = window.activeTextEditor?.document;
    assert(document);
    assert.deepEqual([document.languageId, document.isUntitled], ['threatmodel', true]);
    const all = await diagnosticsWhen(document, 'findings', (all) => findingsOf(all).length > 0);
    assert.deepEqual(problemsOf(all), []);
  });

  it('answers the tools of a chat', async () => {
    await open('support.threatmodel.yaml');
    const ask = async (name: string, input: object): Promise<string> => {
      const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
    };
    assert.deepEqual(
      lm.tools.map(({ name }) => name).filter((name) => name.startsWith('threatwright_')),
      ['threatwright_findings', 'threatwright_explain'],
    );
    assert.match(
      await ask('threatwright_findings', { words: 'identity of its own' }),
      /^HIGH agent-without-identity support\.threatmodel\.yaml:10 /m,
    );
    assert.match(await ask('threatwright_explain', { id: 'agent-without-identity' }), /^# Agent has no identity of its own$/m);
    assert.match(await ask('threatwright_explain', { id: 'human-approval' }), /^# Human approval/m);
    assert.match(await ask('threatwright_explain', { id: 'no-such-thing' }), /There is no rule and no control "no-such-thing"/);
  });
});
