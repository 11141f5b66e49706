import type { Theme } from './themes.ts';

/** Runs in the page before its own scripts: what VS Code gives to a webview. The test is the other side. */
declare const hostSettings: { readonly theme: Theme; readonly state: unknown };
declare const toHost: (message: unknown) => void;
declare const keepState: (state: string) => void;

let kept = hostSettings.state;
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => toHost(message),
    getState: () => kept,
    setState(state: unknown) {
      kept = state;
      // VS Code itself hands it on as text.
      keepState(JSON.stringify(state));
    },
  }),
});
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  console.error(`policy: ${violatedDirective} ${blockedURI}`);
});
// VS Code dresses the page before its scripts run: as soon as there is a body.
new MutationObserver((_, observer) => {
  if (document.body === null) return;
  observer.disconnect();
  const { kind, variables } = hostSettings.theme;
  for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
  document.body.className = kind;
  document.body.dataset['vscodeThemeKind'] = kind;
}).observe(document, { childList: true, subtree: true });
