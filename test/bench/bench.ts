/**
 * npm run bench: how long a user waits, in one table that anyone can make again. Real processes: the built language
 * server over stdio, the built command line. Beside each figure stands what it can be compared with on this machine.
 *
 *   npm run bench              prints the tables
 *   npm run bench -- --many    only this: a thousand models in one call
 *   npm run bench -- --rules   only this: the analysis alone
 *   npm run bench -- --cold    only this: one call for one model, beside `node -e 0` and LikeC4, which it installs
 *   npm run bench -- --peers [--write]   only this and --cold, for docs/peer-benchmark.md: our language server beside LikeC4's and the one for YAML, which it installs
 *   npm run bench -- --write   also writes them to docs/benchmarks.md
 *   npm run bench -- --layout [--write]   compares layout engines instead, for docs/layout-benchmark.md
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseDocument as parseYaml } from 'yaml';
import { generateModel, SHAPES, type Shape } from './models.ts';
import { coldChecks, manyModels } from './commandLine.ts';
import { measureDiagram } from './diagram.ts';
import { EDITS } from './typing.ts';
import { compareLayouts } from './layout/compare.ts';
import { median, table, timed } from './measure.ts';
import { likec4, newerNode } from './peers/install.ts';
import { compareServers } from './peers/servers.ts';
import { RawClient } from './rawClient.ts';
import { measureRules } from './rules.ts';
import { measureWebview } from './webview.ts';

const server = 'dist/server.cjs';

const ROUNDS = 7;

async function keystrokes(): Promise<string> {
  const rows: string[][] = [];
  for (const size of [50, 500, 5000]) {
    for (const shape of SHAPES) {
      if (size < 400 && shape !== 'local') continue;
      rows.push(await typingSession(shape, size));
    }
  }
  return table(
    [
      'model',
      'elements',
      'KB',
      'open',
      ...EDITS.map(({ name }) => name),
      'all edits, median',
      'p95',
      'parse of the whole text with `yaml` alone',
    ],
    rows,
  );
}

/** Milliseconds from the writing of a change to the last byte of the diagnostics of that version. */
async function typingSession(shape: Shape, size: number): Promise<string[]> {
  const original = generateModel(shape, size);
  const client = new RawClient(server);
  await client.request('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  client.notify('initialized', {});
  const uri = `file:///${shape}${size}.threatmodel.yaml`;
  let text = original;
  let version = 1;
  const open = await timed(async () => {
    const diagnosed = client.diagnosed(version);
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'threatmodel', version, text } });
    await diagnosed;
  });
  const figures: number[] = [];
  const each = EDITS.map(() => [] as number[]);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [at, { from, to }] of EDITS.entries()) {
      if (!original.includes(from)) continue;
      for (const [before, after] of [[from, to] as const, [to, from] as const]) {
        const offset = text.indexOf(before);
        const lines = text.slice(0, offset).split('\n');
        const start = { line: lines.length - 1, character: lines.at(-1)!.length };
        const parts = before.split('\n');
        const end = {
          line: start.line + parts.length - 1,
          character: parts.length > 1 ? parts.at(-1)!.length : start.character + before.length,
        };
        text = text.slice(0, offset) + after + text.slice(offset + before.length);
        version++;
        const time = await timed(async () => {
          const diagnosed = client.diagnosed(version);
          client.notify('textDocument/didChange', {
            textDocument: { uri, version },
            contentChanges: [{ range: { start, end }, text: after }],
          });
          await diagnosed;
        });
        // The first round warms up.
        if (round === 0) continue;
        figures.push(time);
        each[at]!.push(time);
      }
    }
  }
  client.stop();
  const parse = (): Promise<number> => timed(() => void parseYaml(original, { uniqueKeys: false }));
  const whole = median(await repeat(size > 1000 ? 1 : 3, parse));
  const sorted = figures.toSorted((a, b) => a - b);
  return [
    shape,
    String(size),
    (original.length / 1000).toFixed(0),
    open.toFixed(0),
    ...each.map((times) => (times.length > 0 ? median(times).toFixed(1) : '–')),
    median(figures).toFixed(1),
    sorted[Math.floor(sorted.length * 0.95)]!.toFixed(1),
    whole.toFixed(0),
  ];
}

async function repeat<T>(times: number, run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let at = 0; at < times; at++) results.push(await run());
  return results;
}

const machine = `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}.`;

async function speed(): Promise<string> {
  return [
    '# Benchmarks',
    '',
    'Made by `npm run bench -- --write`; milliseconds unless said otherwise. The machine is shared and noisy: read ratios, and run it on yours.',
    '',
    machine,
    '',
    '## From a keystroke to the diagnostics',
    '',
    'From writing the change into the pipe of the language server to the last byte of the diagnostics of that version (at most 500 are sent). `boundary` changes what a boundary is, which concerns all that stands in it. `local`: systems of ten elements side by side; `mesh`: 12 agents that all talk to each other; `hub`: a gateway with 1,000 flows; `chain`: 300 agents in a row. The rest of each model is local flows. A server as on its first day: no earlier one has left [code](decisions/0008-kept-code.md).',
    '',
    await keystrokes(),
    '',
    await rules(),
    await cold(false),
    '## The diagram',
    '',
    await measureDiagram(),
    '',
    'In its panel, in headless Chromium that draws by software at 60 frames a second, so that 16.7 ms is the least a frame can take: milliseconds, for frames the median (and the 90th percentile) while the picture is moved with every frame. A large model opens with its boundaries collapsed; `opened` expands them all. `edit seen` and `edit laid out`: a new, deleted, moved or renamed element or a new flow at a random place, from the message of the extension until the page has drawn it, which the next frame shows, and until what lies around is laid out again too.',
    '',
    await measureWebview(),
    '',
  ].join('\n');
}

async function rules(): Promise<string> {
  return [
    '## All rules',
    '',
    'The analysis alone, on a model that is read already, in one warm process; medians. From the model to the sorted list of findings, with severity, state and place; words, related places and fingerprints are made when they are asked for, and are not in it. `one element changed` knows the analysis before, and ends with the whole list for the new text.',
    '',
    await measureRules(),
    '',
  ].join('\n');
}

async function cold(withPeers: boolean): Promise<string> {
  return [
    '## `threatwright check`, cold',
    '',
    'From the start of the process to its end, median (best). [Kept code](decisions/0008-kept-code.md) is what an earlier call has left.',
    '',
    await coldChecks(withPeers ? { ...likec4(), node: newerNode() } : undefined),
    '',
  ].join('\n');
}

async function many(): Promise<string> {
  return ['## `threatwright check` of 1,000 models of 50 elements, seconds', '', await manyModels(), ''].join('\n');
}

async function peers(): Promise<string> {
  return [
    '# Beside other tools',
    '',
    'Made by `npm run bench -- --peers --write`.',
    '',
    machine,
    '',
    '## Language servers',
    '',
    'The same typing session with the same system, written in each language: milliseconds from the message to the last byte of the answer. LikeC4 resolves references and the YAML language server checks our JSON Schema, 200 ms after the last keystroke; ours does both and analyses. Each key is pressed as soon as the diagnostics of the one before have come. Every server has been used once before, as an editor does it, so that it may have left [what it keeps](decisions/0008-kept-code.md). Medians of three sessions. `–`: given up after a minute.',
    '',
    await compareServers(),
    '',
    await cold(true),
  ].join('\n');
}

const PARTS: Readonly<Record<string, () => Promise<string>>> = {
  '--many': many,
  '--rules': rules,
  '--cold': () => cold(true),
  '--peers': peers,
};
const part = process.argv.find((it) => it in PARTS);
const layouts = process.argv.includes('--layout');
const report = layouts ? await compareLayouts(machine) : part ? await PARTS[part]!() : await speed();
console.log(report);
const page = layouts ? 'layout-benchmark' : part === '--peers' ? 'peer-benchmark' : part ? undefined : 'benchmarks';
if (process.argv.includes('--write') && page) writeFileSync(`docs/${page}.md`, report);
