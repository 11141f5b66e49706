import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cachesIn, median, table } from '../measure.ts';
import { generateModel } from '../models.ts';
import { likec4, yamlLanguageServer, type PeerProgram } from './install.ts';
import { likec4Model } from './likec4Model.ts';
import { GivenUp, PeerClient, type Place, type Published } from './peerClient.ts';

/** A language server, and how the same system is written for it. */
interface Peer extends PeerProgram {
  readonly languageId: string;
  readonly file: string;
  write(text: string): string;
  /** The kind of an element, in its text. */
  kindOf(id: string): RegExp;
  /** The first flow to an element, up to its name. */
  flowTo(id: string): RegExp;
}

const OURS: Peer = {
  title: 'Threatwright',
  program: process.execPath,
  args: ['dist/server.cjs'],
  languageId: 'threatmodel',
  file: 'model.threatmodel.yaml',
  write: (text) => text,
  kindOf: (id) => new RegExp(`^  ${id}:\\s+\\{?\\s*kind: `, 'm'),
  flowTo: (id) => new RegExp(`to: (?=${id},)`),
};

/** Longest wait for one answer, and longest session of one server with one model. */
const PATIENCE = 60_000;
const SESSION = 90_000;
const EDITS = 40;
const QUESTIONS = 20;
/** So often each session is held, the servers taking turns: one session alone says as much about the machine as about a server. */
const ROUNDS = 3;

/** The columns of the table; milliseconds, and megabytes for memory. */
const FIGURES = [
  'start → initialized',
  'open → diagnostics',
  'keystroke → diagnostics, p50',
  'p95',
  'completion, p95',
  'hover, p95',
  'peak MB',
] as const;
/** What one session has measured; what is not in it was given up. */
type Figures = Map<(typeof FIGURES)[number], number>;

/**
 * The same typing session with other people's language servers: the system is opened with a mistake in it, which is a
 * letter too many in the kind of an element; then letters are taken away and put in at places all over the text, and each
 * time the editor waits until the mistake has gone or has come. No peer has rules: LikeC4 resolves references, the YAML
 * language server checks our JSON Schema; ours does both and analyses.
 */
export async function compareServers(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'threatwright-peers-'));
  const schema = pathToFileURL(path.resolve('dist/threatmodel.schema.json')).href;
  const yaml: Peer = {
    ...OURS,
    ...yamlLanguageServer(),
    languageId: 'yaml',
    file: 'model.yaml',
    write: (text) => `# yaml-language-server: $schema=${schema}\n${text}`,
  };
  const c4: Peer = {
    ...likec4(),
    languageId: 'likec4',
    file: 'model.c4',
    write: likec4Model,
    kindOf: (id) => new RegExp(`^${id} = `, 'm'),
    flowTo: (id) => new RegExp(`-> (?=\\S*\\b${id} )`),
  };
  const servers = [OURS, yaml, { ...c4, args: [...c4.args, 'lsp'] }];
  const rows: string[][] = [];
  try {
    // Nearly always somebody has used a server before, and it may have left something for the next one.
    for (const peer of servers) await session(peer, 50, path.join(folder, 'before'));
    for (const size of [50, 500, 5000]) {
      const taken = servers.map((): Figures[] => []);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [at, peer] of servers.entries()) taken[at]!.push(await session(peer, size, path.join(folder, 'then')));
      }
      rows.push(...servers.map(({ title }, at) => [String(size), title, ...FIGURES.map((name) => typical(taken[at]!, name))]));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return table(['elements', 'server', ...FIGURES], rows);
}

/** The median of the sessions; one that was given up took forever. */
function typical(sessions: readonly Figures[], name: (typeof FIGURES)[number]): string {
  const figure = median(sessions.map((figures) => figures.get(name) ?? Infinity));
  return figure === Infinity ? '–' : figure.toFixed(figure < 20 ? 1 : 0);
}

async function session(peer: Peer, size: number, parent: string): Promise<Figures> {
  const folder = path.join(parent, `${peer.languageId}${size}`);
  const written = peer.write(generateModel('local', size));
  const file = path.join(folder, peer.file);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, written);
  const uri = pathToFileURL(file).href;
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'bench' }];
  // Every tenth element is a tool.
  const ids = [0.1, 0.5, 0.9].map((part) => `tool${Math.floor((size * part) / 10) * 10 + 4}`);
  const kinds = ids.map((id) => endOf(written, peer.kindOf(id)));
  const client = new PeerClient(peer, cachesIn(path.dirname(parent)));
  const figures: Figures = new Map();
  const deadline = performance.now() + SESSION;
  const timesOf = async (times: number, run: (at: number) => Promise<number>): Promise<number[]> => {
    const taken: number[] = [];
    for (let at = 0; at < times && (at < 2 || performance.now() < deadline); at++) taken.push(await run(at));
    return taken;
  };
  try {
    const initialize = { processId: process.pid, rootUri: workspaceFolders[0]!.uri, capabilities: CAPABILITIES, workspaceFolders };
    figures.set('start → initialized', await client.request('initialize', initialize, PATIENCE));
    client.send({ method: 'initialized', params: {} });
    // Where the letter too many stands, and where the word begins that it spoils.
    const spoiled = (at: number): ((published: Published) => boolean) => {
      const { line, character } = placeAt(written, kinds[at]!);
      return (published) =>
        published.uri === uri && published.diagnostics.some(({ range: { start } }) => start.line === line && start.character === character);
    };
    const opened = `${written.slice(0, kinds[0])}x${written.slice(kinds[0])}`;
    const document = { uri, languageId: peer.languageId, version: 1, text: opened };
    const open = client.notify('textDocument/didOpen', { textDocument: document }, PATIENCE, spoiled(0));
    figures.set('open → diagnostics', await open);
    // A letter is taken away where one is too many, and the next is put in elsewhere.
    const change = (step: number): Promise<number> => {
      const takes = step % 2 === 0;
      const at = Math.ceil(step / 2) % ids.length;
      const start = placeAt(written, kinds[at]!);
      const range = { start, end: takes ? { ...start, character: start.character + 1 } : start };
      const isSpoiled = spoiled(at);
      return client.notify(
        'textDocument/didChange',
        { textDocument: { uri, version: step + 2 }, contentChanges: [{ range, text: takes ? '' : 'x' }] },
        PATIENCE,
        (published) => published.uri === uri && isSpoiled(published) !== takes,
      );
    };
    const typing = await timesOf(EDITS, change);
    figures.set('keystroke → diagnostics, p50', median(typing)).set('p95', p95(typing));
    const asking = async (method: string, position: Place): Promise<number> =>
      p95(await timesOf(QUESTIONS, () => client.request(method, { textDocument: { uri }, position }, PATIENCE)));
    figures.set('completion, p95', await asking('textDocument/completion', placeAt(written, kinds[1]! + 1)));
    const inFlow = placeAt(written, endOf(written, peer.flowTo(ids[1]!)) + 1);
    figures.set('hover, p95', await asking('textDocument/hover', inFlow));
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
  }
  const peak = client.peakMemory();
  if (peak !== undefined) figures.set('peak MB', peak);
  await client.end().catch(() => client.stop());
  return figures;
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;
}

/** What editors of our days say that they can, as far as it matters here. */
const CAPABILITIES = {
  textDocument: {
    completion: { completionItem: { snippetSupport: true, resolveSupport: { properties: ['documentation'] } } },
    hover: { contentFormat: ['markdown'] },
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
  },
  workspace: { workspaceFolders: true, configuration: true },
};

function endOf(text: string, pattern: RegExp): number {
  const found = pattern.exec(text);
  if (!found) throw new Error(`nothing in the text matches ${pattern.source}`);
  return found.index + found[0].length;
}

function placeAt(text: string, offset: number): Place {
  const line = text.slice(0, offset).split('\n').length - 1;
  return { line, character: offset - (text.lastIndexOf('\n', offset - 1) + 1) };
}
