/**
 * Writes THIRD-PARTY-NOTICES.md: the licences of the packages whose code or files are in dist/, by dist/meta.json.
 * With --check it writes nothing and fails when the file is not up to date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const target = path.join(root, 'THIRD-PARTY-NOTICES.md');

/** The words of the MIT licence, which is ours too, from the permission on. */
const mit = readFileSync(path.join(root, 'LICENSE'), 'utf8')
  .replace(/^[^]*?(?=Permission is hereby granted)/, '')
  .trim();

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
  readonly homepage?: string;
  readonly repository?: string | { readonly url?: string };
}

function packageFolders(): string[] {
  const meta = JSON.parse(readFileSync(path.join(root, 'dist/meta.json'), 'utf8')) as Metafile;
  const inputs = Object.values(meta.outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

function notice(folder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, homepage, repository } = manifest;
  const address = addressOf((typeof repository === 'string' ? repository : repository?.url) ?? homepage ?? '');
  const texts = readdirSync(path.join(root, folder))
    .filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotices)\b.*$/i.test(file))
    .sort()
    .map(
      (file) =>
        `\`\`\`\`text\n${readFileSync(path.join(root, folder, file), 'utf8')
          .replaceAll('\r\n', '\n')
          .trim()}\n\`\`\`\``,
    );
  if (texts.length === 0) texts.push(commonText(manifest));
  return [`## ${name} ${version}`, `Licence: ${license ?? 'not named'}. ${address}`, ...texts].join('\n\n');
}

/** Manifests write the same address in many ways. */
function addressOf(repository: string): string {
  const [, project] = /^(?:.*github(?:\.com)?[/:])?([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(repository) ?? [];
  return project === undefined ? repository : `https://github.com/${project}`;
}

/** For packages that are published without the text of their licence. */
function commonText({ name, license, author }: Manifest): string {
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  if (license === 'MIT') return `\`\`\`\`text\nCopyright (c) ${holder}\n\n${mit}\n\`\`\`\``;
  if (license === 'MPL-2.0') return 'The text of the licence is at <https://www.mozilla.org/MPL/2.0/>, the source at the address above.';
  throw new Error(`${name} comes without the text of its licence (${license ?? 'none named'}): say in test/tools/notices.ts what it is.`);
}

const text = `# Third-party notices

Threatwright's own code is under the MIT licence (see LICENSE). Its extension and command line contain code or files of
the packages below. This page is written by \`test/tools/notices.ts\` from what the build has put in.

${packageFolders().map(notice).join('\n\n')}
`;

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('THIRD-PARTY-NOTICES.md is not up to date: run `npx tsx test/tools/notices.ts` after a build.');
  process.exit(1);
}
