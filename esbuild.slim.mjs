/**
 * What the language server has no use for in the libraries that it is built of: they are written to be used whole, so that
 * a bundler cannot see by itself what is never called.
 */
import { readFile } from 'node:fs/promises';

/** Parts of the protocol that this server does not speak. Whoever adds one takes it out of here, or its `type` is undefined. */
export const NOT_SPOKEN = [
  'colorProvider',
  'inlineCompletion',
  'inlineValue',
  'linkedEditingRange',
  'moniker',
  'notebook',
  'showDocument',
  'textDocumentContent',
  'typeHierarchy',
];
/** Of the types that are nothing but functions that make and recognize values, those whose functions are called. */
const CALLED = new Set(['URI', 'WorkspaceFolder']);

/** The module of the protocol's types without those that are nothing but functions which nobody calls. */
export function slimTypes(text) {
  return text.replace(/^export var (\w+);\n\(function \(\1\) \{\n[^]*?^\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm, (block, name) =>
    CALLED.has(name) || !block.includes('    function ') || new RegExp(`^    ${name}\\.[A-Z]\\w* = `, 'm').test(block) ? block : '',
  );
}

/** Features of a connection are functions from a class to one that can do more. */
const NO_FEATURES = `module.exports = new Proxy({}, { get: (_, name) => /Feature$/.test(String(name)) ? (base) => base : undefined });`;

export const slimLibraries = {
  name: 'slim-libraries',
  setup(build) {
    const module = (pattern, change) =>
      build.onLoad({ filter: new RegExp(`node_modules[/\\\\]${pattern.replaceAll('/', '[/\\\\]')}$`) }, async ({ path }) => ({
        contents: change(await readFile(path, 'utf8')),
      }));
    const parts = `(?:${NOT_SPOKEN.join('|')})`;
    module(`vscode-languageserver/lib/common/${parts}\\.js`, () => NO_FEATURES);
    module(`vscode-languageserver-protocol/lib/common/protocol\\.${parts}\\.js`, () => '');
    // It looks for other packages.
    module('vscode-languageserver/lib/node/files\\.js', () => '');
    module('vscode-languageserver-types/lib/esm/main\\.js', slimTypes);
  },
};

/**
 * js-yaml makes the tags and patterns of all of YAML when it is loaded, and only its reader is used: each of its values is
 * marked as one that nothing else depends on.
 */
export const slimYaml = {
  name: 'slim-yaml',
  setup(build) {
    build.onLoad({ filter: /node_modules[/\\]js-yaml[/\\]dist[/\\]js-yaml\.mjs$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        /^((?:const|let|var) \w+ = )(?![\w.-]+;$)(.*|[^]*?\n[\])}]+);$/gm,
        '$1/* @__PURE__ */ (() => ($2))();',
      ),
    }));
  },
};
