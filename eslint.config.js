import tseslint from 'typescript-eslint';

/**
 * The import rules between the rooms of the server: data goes one way. Each room may import from itself and from the
 * rooms named here, and nothing of the inner ring knows LSP, VS Code or Node.
 */
const rooms = {
  syntax: [],
  catalogue: ['syntax'],
  model: ['syntax', 'catalogue'],
  analysis: ['syntax', 'catalogue', 'model'],
  diagram: ['syntax', 'catalogue', 'model', 'analysis'],
  posture: ['syntax', 'catalogue', 'model', 'analysis'],
  diff: ['syntax', 'catalogue', 'model', 'analysis'],
  report: ['syntax', 'catalogue', 'model', 'analysis', 'diagram', 'posture', 'diff'],
  language: ['syntax', 'catalogue', 'model', 'analysis', 'posture'],
  protocol: ['catalogue', 'analysis', 'diagram'],
};
const all = [...Object.keys(rooms), 'lsp', 'cli'];
const outside = {
  group: ['node:*', 'vscode', 'vscode-*', '@vscode/*', 'fs', 'path', 'elkjs/lib/main*'],
  message: 'The inner rooms know nothing of Node, VS Code or LSP: inject it.',
};

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', '.cache', 'test/vscode/host', 'test/vscode/out'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  ...Object.entries(rooms).map(([room, allowed]) => ({
    files: [`server/src/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            outside,
            {
              group: all
                .filter((other) => other !== room && !allowed.includes(other))
                .flatMap((other) => [`../${other}/*`, `../../${other}/*`]),
              message: `server/src/${room} may import only from: ${[room, ...allowed].join(', ')}.`,
            },
            { group: ['**/client/**', '**/webview/**'], message: 'The server does not know its clients.' },
          ],
        },
      ],
    },
  })),
  {
    files: ['webview/src/**/*.ts', 'client/src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: 'server/src/(?!protocol/|diagram/|catalogue/rule|analysis/finding)',
              message: 'Client and webview see the server through protocol/ (and draw with diagram/).',
            },
          ],
        },
      ],
    },
  },
);
