import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const manifest = read('package.json') as { readonly contributes: Readonly<Record<string, unknown>> };
const words = read('package.nls.json') as Readonly<Record<string, string>>;

/** Keys whose values people read, wherever they are in the manifest. */
const SHOWN = new Set([
  'title',
  'shortTitle',
  'category',
  'displayName',
  'description',
  'markdownDescription',
  'name',
  'contents',
  'label',
]);

/** What only language models read. */
const NOT_SHOWN = /^contributes\.languageModelTools\.\d+\.(name|inputSchema)\b/;

describe('the words of the manifest', () => {
  const used = new Set<string>();
  const plain: string[] = [];
  const visit = (value: unknown, key: string, where: string): void => {
    if (typeof value === 'string') {
      const name = /^%(.+)%$/.exec(value)?.[1];
      if (name !== undefined) used.add(name);
      else if (SHOWN.has(key) && !NOT_SHOWN.test(where)) plain.push(`${where}: ${value}`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [inner, each] of Object.entries(value)) visit(each, Array.isArray(value) ? key : inner, `${where}.${inner}`);
    }
  };
  for (const key of ['displayName', 'description', 'capabilities', 'contributes'])
    visit((manifest as Readonly<Record<string, unknown>>)[key], key, key);

  it('are all in package.nls.json', () => {
    assert.deepEqual(plain, []);
    assert(used.size > 20);
  });

  it('are there, and nothing else is', () => assert.deepEqual(Object.keys(words).sort(), [...used].sort()));

  it('begin with a capital letter', () => {
    const small = Object.entries(words).filter(([, text]) => !/^\p{Lu}/u.test(text));
    assert.deepEqual(small, []);
  });

  it('name every command in the same way', () => {
    const { commands } = manifest.contributes as { commands: { command: string; title: string; category?: string }[] };
    for (const { command, title, category } of commands) {
      assert.equal(title, `%command.${command.replace('threatwright.', '')}%`);
      assert.equal(category, '%category%', command);
    }
  });
});

/** Functions of VS Code whose first argument people read. */
const SAYS = /^(show(Information|Warning|Error)Message|setStatusBarMessage)$/;
/** Names of properties that people read. */
const READ = new Set([
  'title',
  'label',
  'placeHolder',
  'placeholder',
  'prompt',
  'tooltip',
  'detail',
  'description',
  'message',
  'name',
  'text',
]);
/** Speak to the log, to the language client's library, or to programs. */
const EXEMPT = [/features\/bugReport/, /languageServer\/(languageClient|browserClient)\.ts$/];

describe('what the client says', () => {
  const files = readdirSync(path.join(root, 'client/src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `client/src/${file.replaceAll('\\', '/')}`);
  for (const file of files.filter((file) => !EXEMPT.some((exempt) => exempt.test(file)))) {
    it(`goes through l10n.t: ${file}`, () => {
      const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
      const found: string[] = [];
      const isWords = (node: ts.Node | undefined): boolean =>
        node !== undefined &&
        ((ts.isStringLiteralLike(node) && /\p{Lu}|\s/u.test(node.text)) ||
          (ts.isTemplateExpression(node) && /\p{L}{3}/u.test(node.head.text)));
      const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && SAYS.test(node.expression.name.text)) {
          for (const argument of node.arguments) if (isWords(argument)) found.push(argument.getText());
        }
        if (ts.isPropertyAssignment(node) && READ.has(node.name.getText()) && isWords(node.initializer)) found.push(node.getText());
        if (
          ts.isBinaryExpression(node) &&
          node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
          ts.isPropertyAccessExpression(node.left) &&
          READ.has(node.left.name.text) &&
          isWords(node.right)
        ) {
          found.push(node.getText());
        }
        if (ts.isNewExpression(node) && node.expression.getText() === 'TreeItem' && isWords(node.arguments?.[0]))
          found.push(node.getText());
        ts.forEachChild(node, visit);
      };
      visit(source);
      assert.deepEqual(found, []);
    });
  }

  it('is looked for in the right places', () => assert(files.length > 20));
});
