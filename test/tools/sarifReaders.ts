/**
 * npm run sarif: what other people's readers make of our SARIF. Microsoft's Multitool, whose parser is that of the viewer in Visual
 * Studio, must find no error in it, and Microsoft's web viewer, which is the *Scans* tab of Azure Pipelines, must show every
 * result in a browser and complain of nothing. Both are too large to be dependencies (docs/decisions/0010-sarif-readers.md). Needs dist/.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { sarifMultitool, sarifViewer } from '../bench/peers/install.ts';
import { chromiumArguments, findChromium } from './chromium.ts';

interface Log {
  readonly runs: readonly { readonly results: readonly { readonly ruleId?: string; readonly level?: string }[] }[];
}

const folder = mkdtempSync(path.join(tmpdir(), 'threatwright-sarif-'));
try {
  const ours = path.join(folder, 'ours.sarif');
  const check = ['dist/cli.cjs', 'check', '--format', 'sarif', '--fail-on', 'none', 'samples'];
  const { stdout, status } = spawnSync(process.execPath, check, { encoding: 'utf8', maxBuffer: 1e8 });
  assert.equal(status, 0);
  writeFileSync(ours, stdout);
  const { results } = (JSON.parse(stdout) as Log).runs[0]!;
  assert.ok(results.length > 100, `${results.length} results`);
  console.log(validate(ours));
  console.log(await view(stdout, results.length));
} finally {
  rmSync(folder, { recursive: true });
}

/** Rules of the Multitool that ask for an address, which this project does not have, or for a shorter file. */
function validate(ours: string): string {
  const { program, args, title } = sarifMultitool();
  const verdict = path.join(folder, 'verdict.sarif');
  const options = ['--rule-kind', 'Sarif;Gh', '--output', verdict, '--log', 'ForceOverwrite'];
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const { error } = spawnSync(program, [...args, 'validate', ours, ...options], { env });
  if (error) throw error;
  const { results } = (JSON.parse(readFileSync(verdict, 'utf8')) as Log).runs[0]!;
  const said = results.map(({ ruleId, level = 'warning' }) => `${level} ${ruleId ?? ''}`);
  assert.deepEqual(
    said.filter((it) => it.startsWith('error')),
    [],
  );
  return `${title}: no error${said.length > 0 ? `; ${[...new Set(said)].join(', ')}` : ''}.`;
}

async function view(log: string, results: number): Promise<string> {
  const root = sarifViewer();
  const page = `import React from 'react';
    import ReactDOM from 'react-dom';
    import { Viewer } from '@microsoft/sarif-web-component';
    ReactDOM.render(React.createElement(Viewer, { logs: window.logs, showSuppression: true, filterState: {} }), document.body.firstElementChild);`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents: page, resolveDir: root },
    ...{ bundle: true, format: 'iife', platform: 'browser', write: false, logLevel: 'error' },
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    loader: { '.scss': 'empty', '.css': 'empty' },
  });
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumArguments });
  try {
    const opened = await browser.newPage();
    const faults: string[] = [];
    opened.on('pageerror', (error) => faults.push(String(error)));
    opened.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    // A page of some height with an address, which it keeps its settings by.
    const body =
      '<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><body class="flex-column" style="height:100vh"><div style="height:100%"></div>';
    await opened.route('**', (route) => route.fulfill({ contentType: 'text/html', body }));
    await opened.goto('http://viewer.test/');
    await opened.evaluate((text) => Object.assign(window, { logs: [JSON.parse(text) as unknown] }), log);
    await opened.addScriptTag({ content: outputFiles[0]!.text });
    // The name of the tool, and how many results the viewer has of it.
    const count = await opened.waitForFunction(() => /\bThreatwright\s+(\d+)/.exec(document.body.innerText)?.[1]);
    assert.equal(await count.jsonValue(), String(results));
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
  }
  return `sarif-web-component: shows all ${results} results.`;
}
