import assert from 'node:assert/strict';
import type {
  CodeAction,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  LocationLink,
} from 'vscode-languageserver-protocol';
import { LspClient } from '../tools/lspClient.ts';

const URI = 'file:///shop.threatmodel.yaml';

const SHOP = `threatmodel: 1
title: Shop
boundaries:
  internet: { kind: internet }
  corp: { kind: organization }
elements:
  user: { kind: human-user, in: internet }
  bot: { kind: agent, in: corp, title: "Bot 🦊" }
  pay: { kind: tool, in: corp, sideEffects: [spend] }
flows:
  ask: { from: user, to: bot, kind: prompt }
  buy: { from: bot, to: pay, kind: tool-call }
`;

function isFinding(diagnostic: Diagnostic): boolean {
  return diagnostic.data !== undefined;
}

describe('the language server over standard input and output', () => {
  let client: LspClient;
  before(async () => {
    client = await LspClient.start();
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
  });
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
  });

  it('says what it can do', () => {
    const { capabilities, serverInfo } = client.initialized;
    assert.equal(serverInfo?.name, 'threatwright');
    assert.equal(capabilities.positionEncoding, 'utf-16');
    assert.equal(capabilities.textDocumentSync, 2);
    assert.equal(capabilities.completionProvider?.resolveProvider, true);
    assert.equal(capabilities.hoverProvider, true);
    assert.equal(capabilities.definitionProvider, true);
    assert.deepEqual(capabilities.codeActionProvider, {
      codeActionKinds: ['quickfix', 'refactor.move', 'refactor.rewrite', 'source.fixAll.threatwright', 'source.organizeElements'],
      resolveProvider: true,
    });
    assert.equal(capabilities.diagnosticProvider, undefined);
  });

  it('tells diagnostics of a document on opening and editing, and takes them back on closing', async () => {
    await client.open(URI, SHOP);
    const opened = await client.told(URI);
    assert.ok(opened.length > 0 && opened.every(isFinding));
    await client.replace(URI, 'kind: tool,', 'kind: tol,');
    const edited = (await client.told(URI)).filter((diagnostic) => !isFinding(diagnostic));
    assert.deepEqual(
      edited.map(({ code, range, severity, source }) => [code, client.slice(URI, range), severity, source]),
      [['unknown-kind', 'tol', 1, 'threatwright']],
    );
    await client.close(URI);
    await client.until(() =>
      client.published.find((told) => told.uri === URI && told.version === undefined && told.diagnostics.length === 0),
    );
  });

  it('corrects an unknown kind', async () => {
    await client.open(URI, SHOP.replace('kind: tool,', 'kind: tol,'));
    const problem = (await client.told(URI)).find(({ code }) => code === 'unknown-kind');
    assert.ok(problem);
    const [fix] = await client.fixes(URI, problem);
    assert.equal(fix?.title, 'Change to "tool"');
    assert.deepEqual(fix.diagnostics, [problem]);
    await client.apply(URI, fix);
    assert.equal(client.text(URI).getText(), SHOP);
    assert.ok((await client.told(URI)).every(isFinding));
  });

  it('adds the control that a finding misses, and the finding goes', async () => {
    await client.open(URI, SHOP);
    const finding = (await client.told(URI)).find(({ range }) => client.slice(URI, range) === 'buy');
    assert.ok(finding?.codeDescription === undefined && finding?.relatedInformation);
    const fix = (await client.fixes(URI, finding)).find((action) => action.isPreferred && action.diagnostics?.[0]?.code === finding.code);
    assert.ok(fix);
    assert.match(fix.title, /^Add control/);
    await client.apply(URI, fix);
    assert.match(client.text(URI).getText(), /controls: \[/);
    assert.ok((await client.told(URI)).every(({ data }) => (data as { fingerprint: string }).fingerprint !== finding.data.fingerprint));
  });

  it('leaves out kinds of actions that are not asked for', async () => {
    await client.open(URI, SHOP);
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const ask = (only: string[]) =>
      client.request<CodeAction[] | null>('textDocument/codeAction', {
        textDocument: { uri: URI },
        range,
        context: { diagnostics: [], only },
      });
    assert.deepEqual(await ask(['source.organizeImports']), []);
    assert.ok(((await ask(['quickfix'])) ?? []).length > 0);
  });

  it('shows what a word stands for', async () => {
    await client.open(URI, SHOP);
    const hover = await client.at<Hover>('textDocument/hover', URI, 'bot:', 1);
    assert.match((hover.contents as { value: string }).value, /^\*\*Bot 🦊\*\* `bot`/);
    assert.equal(hover.range && client.slice(URI, hover.range), 'bot');
  });

  it('finds the declaration', async () => {
    await client.open(URI, SHOP);
    const [link] = await client.at<LocationLink[]>('textDocument/definition', URI, 'bot, kind', 2);
    assert.ok(link);
    assert.equal(link.targetUri, URI);
    assert.deepEqual(link.targetSelectionRange, { start: { line: 7, character: 2 }, end: { line: 7, character: 5 } });
    assert.ok(link.originSelectionRange);
    assert.equal(client.slice(URI, link.originSelectionRange), 'bot');
  });

  it('offers the best of too many names, and more of them with every letter', async () => {
    const tools = Array.from({ length: 700 }, (_, at) => `  tool${at}: { kind: tool }\n`).join('');
    await client.open(URI, `threatmodel: 1\nelements:\n${tools}flows:\n  a: { from: tool1, to: \n`);
    const all = await client.at<CompletionList>('textDocument/completion', URI, 'to: \n', 4);
    assert.deepEqual([all.items.length, all.isIncomplete], [500, true]);
    await client.replace(URI, 'to: \n', 'to: tool69\n');
    const some = await client.at<CompletionList>('textDocument/completion', URI, 'to: tool69\n', 10);
    assert.equal(some.isIncomplete, true);
    assert.ok(some.items.some(({ label }) => label === 'tool699'));
    assert.ok(some.items.every(({ label }) => /6.*9/.test(label)));
    await client.open('file:///few.threatmodel.yaml', SHOP);
    assert.equal(
      (await client.at<CompletionList>('textDocument/completion', 'file:///few.threatmodel.yaml', 'to: ', 4)).isIncomplete,
      false,
    );
  });

  it('completes in broken text, and explains what is chosen', async () => {
    await client.open(URI, SHOP);
    await client.replace(URI, 'buy: { from: bot, to: pay, kind: tool-call }', 'buy: { from: bot, to: ');
    const { items } = await client.at<CompletionList>('textDocument/completion', URI, 'to: \n', 4);
    assert.deepEqual(items.map(({ label }) => label).sort(), ['pay', 'user']);
    const item = items.find(({ label }) => label === 'pay');
    assert.equal(item?.documentation, undefined);
    const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
    assert.match((resolved.documentation as { value: string }).value, /pay/);
  });

  it('counts as editors do, in CRLF and with characters of two units', async () => {
    const text = SHOP.replace('"Bot 🦊"', '"🦊🦊", autonomy: wrong').replaceAll('\n', '\r\n');
    await client.open(URI, text);
    const problem = (await client.told(URI)).find((diagnostic) => !isFinding(diagnostic));
    const character = '  bot: { kind: agent, in: corp, title: "🦊🦊", autonomy: '.length;
    assert.deepEqual(problem?.range, { start: { line: 7, character }, end: { line: 7, character: character + 5 } });
    const finding = (await client.told(URI)).find(({ range }) => client.slice(URI, range) === 'buy');
    const fix = finding && (await client.fixes(URI, finding)).find(({ isPreferred }) => isPreferred);
    assert.ok(fix);
    await client.apply(URI, fix);
    assert.ok(!/[^\r]\n/.test(client.text(URI).getText()));
  });

  it('follows many small edits', async () => {
    await client.open(URI, SHOP);
    await client.replace(URI, 'title: Shop', 'title: S🦊hop');
    await client.replace(URI, 'pay: {', 'pay2: {');
    await client.replace(URI, 'to: pay,', 'to: pay2,');
    await client.replace(URI, '🦊', '');
    const told = await client.told(URI);
    assert.ok(told.length > 0 && told.every(isFinding));
  });

  it('keeps two documents apart', async () => {
    const other = 'file:///other.threatmodel.yaml';
    await client.open(URI, SHOP);
    await client.open(other, 'threatmodel: 1\nelements:\n  x: { kind: nonsense-kind }\n');
    assert.ok((await client.told(URI)).every(isFinding));
    assert.deepEqual(
      (await client.told(other)).filter((diagnostic) => !isFinding(diagnostic)).map(({ code }) => code),
      ['unknown-kind'],
    );
    await client.close(other);
    assert.ok(await client.at<Hover>('textDocument/hover', URI, 'bot:'));
  });

  it('answers a request that was cancelled, and the one after it', async () => {
    await client.open(URI, SHOP);
    const { cancel, token } = cancellation();
    const params = { textDocument: { uri: URI }, position: client.position(URI, 'bot:') };
    const answer = client.connection.sendRequest<Hover>('textDocument/hover', params, token);
    cancel();
    // It may have been answered before the server heard of it.
    const outcome = await answer.then(
      (hover) => hover.range !== undefined,
      (error: { code: number }) => error.code === -32800,
    );
    assert.ok(outcome);
    assert.ok(await client.at<Hover>('textDocument/hover', URI, 'bot:'));
  });

  it('knows the page of a rule and of a control', async () => {
    await client.open(URI, SHOP);
    const finding = (await client.told(URI))[0];
    const page = (kind: string, id: unknown) => client.request<{ markdown?: string }>('threatwright/page', { kind, id });
    assert.match((await page('rule', finding?.code)).markdown ?? '', /^# /);
    assert.match((await page('control', 'human-approval')).markdown ?? '', /^# /);
    assert.match((await page('index', 'index')).markdown ?? '', /^# /);
    assert.match((await page('index', 'taxonomies/owasp-mcp')).markdown ?? '', /^# OWASP MCP/);
    assert.equal((await page('index', 'rules/nonsense')).markdown, undefined);
    assert.equal((await page('rule', 'nonsense')).markdown, undefined);
    assert.equal((await page('rule', '__proto__')).markdown, undefined);
  });
});

describe('the language server, asked for diagnostics', () => {
  let client: LspClient;
  before(async () => {
    client = await LspClient.start({ pull: true, initializationOptions: { pages: true, today: '2030-01-01' } });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
  });
  beforeEach(() => client.open(URI, SHOP));
  afterEach(async () => {
    await client.closeAll();
    assert.deepEqual(client.errors, []);
    assert.deepEqual(client.published, []);
  });

  function pull(previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return client.request('textDocument/diagnostic', { textDocument: { uri: URI }, ...(previousResultId && { previousResultId }) });
  }

  it('says so, answers, and says when nothing has changed', async () => {
    assert.equal(client.initialized.capabilities.diagnosticProvider?.identifier, 'threatwright');
    const first = await pull();
    assert.ok(first.kind === 'full' && first.items.length > 0);
    assert.deepEqual(await pull(first.resultId), { kind: 'unchanged', resultId: first.resultId });
    await client.replace(URI, 'kind: tool,', 'kind: tol,');
    const second = await pull(first.resultId);
    assert.ok(second.kind === 'full' && second.items.some(({ code }) => code === 'unknown-kind'));
    await client.replace(URI, 'kind: tol,', 'kind: tool,');
    const third = await pull(second.resultId);
    assert.ok(third.kind === 'full');
    assert.deepEqual(third.items, first.items);
  });

  it('links each finding to the page of its rule', async () => {
    const report = await pull();
    assert.ok(report.kind === 'full');
    const alone = report.items.filter(({ data }) => 'rule' in (data as object));
    assert.ok(alone.length > 0);
    for (const { code, codeDescription } of alone) assert.equal(codeDescription?.href, `threatwright:/rules/${code}.md`);
  });

  it('shows medium and low findings one by one when the settings of the client say so', async () => {
    const count = (report: DocumentDiagnosticReport): number => (report.kind === 'full' ? report.items.filter(isFinding).length : -1);
    const before = await pull();
    assert.ok(before.kind === 'full' && before.items.some(({ code }) => code === 'several-findings'));
    const inside = before.items.flatMap(({ data }) => (data as { findings?: unknown[] }).findings ?? [data]);
    const refreshed = client.refreshed();
    await client.configure({ problems: { expand: true } });
    await refreshed;
    assert.equal(count(await pull()), inside.length);
  });

  it('takes the day from the client', async () => {
    const accepted = '\naccepted:\n  - { rule: RULE, at: buy, owner: me, reason: ok, until: 2029-12-31 }\n';
    const report = await pull();
    assert.ok(report.kind === 'full');
    const rule = report.items.find(({ range }) => client.slice(URI, range) === 'buy')?.code;
    await client.replace(URI, 'kind: tool-call }\n', `kind: tool-call }${accepted.replace('RULE', String(rule))}`);
    const after = await pull();
    assert.ok(after.kind === 'full' && after.items.some(({ code }) => code === 'acceptance-expired'));
  });
});

describe('the language server, treated badly', () => {
  let client: LspClient;
  beforeEach(async () => {
    client = await LspClient.start();
  });
  afterEach(async () => {
    assert.equal(await client.stop(), 0);
  });

  it('answers requests about documents that it does not have', async () => {
    const textDocument = { uri: 'file:///nowhere.yaml' };
    const position = { line: 3, character: 3 };
    const range = { start: position, end: position };
    assert.equal(await client.request('textDocument/hover', { textDocument, position }), null);
    assert.equal(await client.request('textDocument/completion', { textDocument, position }), null);
    assert.equal(await client.request('textDocument/definition', { textDocument, position }), null);
    assert.equal(await client.request('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }), null);
    assert.deepEqual(await client.request('textDocument/diagnostic', { textDocument }), { kind: 'full', items: [] });
    assert.equal(await client.request('threatwright/diagram', { uri: textDocument.uri }), null);
    assert.equal(await client.request('threatwright/locate', { uri: textDocument.uri, id: 'a' }), null);
    assert.deepEqual(await client.request('threatwright/at', { uri: textDocument.uri, position }), {});
  });

  it('survives parameters that make no sense, and tells of each once', async () => {
    await client.open(URI, SHOP);
    for (const params of [{}, { textDocument: null }, { textDocument: { uri: 7 } }, { textDocument: { uri: URI }, position: null }]) {
      assert.equal(await client.request('textDocument/hover', params), null);
      assert.equal(await client.request('textDocument/hover', params), null);
    }
    assert.equal(await client.request('threatwright/diagram', { uri: {} }), null);
    const far = { line: 1e9, character: 1e9 };
    await client.request('textDocument/hover', { textDocument: { uri: URI }, position: far });
    await client.request('completionItem/resolve', { label: 'x', data: { uri: 7, about: 8 } });
    assert.ok(await client.at<Hover>('textDocument/hover', URI, 'bot:'));
    assert.ok(client.errors.length > 0);
    assert.equal(new Set(client.errors).size, client.errors.length);
  });

  it('survives texts that make no sense', async () => {
    const texts = ['', '\0', '{'.repeat(5000), 'elements: *a', '\ud800', '- a\n- b', 'elements:\n\t- x: [', '&a [*a]'];
    for (const [index, text] of texts.entries()) {
      const uri = `file:///bad${index}.yaml`;
      await client.open(uri, text);
      await client.told(uri);
      await client.request('textDocument/completion', { textDocument: { uri }, position: { line: 0, character: text.length } });
    }
    assert.deepEqual(client.errors, []);
  });
});

it('the language server ends with an error when the editor goes away without a word', async () => {
  const client = await LspClient.start();
  assert.equal(await client.abandon(), 1);
});

function cancellation() {
  const listeners: (() => void)[] = [];
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void) => {
      listeners.push(listener);
      return { dispose: () => undefined };
    },
  };
  const cancel = (): void => {
    token.isCancellationRequested = true;
    for (const listener of listeners) listener();
  };
  return { token, cancel };
}
