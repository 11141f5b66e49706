import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Program, temporaryFolder, writeFiles, type Run } from '../tools/cli.ts';

const example = readFileSync(new URL('../fixtures/format-example.threatmodel.yaml', import.meta.url), 'utf8');
const small = 'threatmodel: 1\nelements:\n  visitor: { kind: human-user }\n';

describe('threatwright draw', function () {
  this.timeout(60_000);
  let program: Program;
  let folder: string;
  const run = (...args: string[]): Promise<Run> => program.run(['draw', ...args], { cwd: folder });
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  const exists = (name: string): boolean => existsSync(path.join(folder, name));

  before(async () => {
    program = await Program.open();
    folder = temporaryFolder();
    writeFiles(folder, {
      'example.threatmodel.yaml': example,
      'broken.threatmodel.yaml': `${small}  bot: { kind: agnet }\n`,
      'wide.threatmodel.yaml': `${small}  shop: { kind: backend-app, title: 商店 }\n`,
      'models/one.threatmodel.yaml': small,
      'models/sub/two.threatmodel.yml': small,
      'twins/same.threatmodel.yaml': small,
      'twins/same.threatmodel.yml': small,
      file: 'in the way',
    });
  });
  after(() => {
    program.close();
    rmSync(folder, { recursive: true });
  });

  it('draws an SVG, whatever the findings are, and makes the folder for it', async () => {
    const { code, out, err } = await run('example.threatmodel.yaml', '-o', 'pictures/new/example.svg');
    assert.deepEqual([code, out, err], [0, 'pictures/new/example.svg\n', '']);
    const svg = read('pictures/new/example.svg');
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(svg, /<\/svg>\n$/);
    for (const id of ['agent', 'think', 'contoso']) assert.ok(svg.includes(`data-id="${id}"`), id);
    await run('example.threatmodel.yaml', '-o', 'again.svg');
    assert.equal(read('again.svg'), svg);
  });

  it('has elements where they were put by hand in the editor, and says when that cannot be known', async () => {
    const pinned = { version: 1, pins: { crm: { in: 'runtime', x: 150, y: 180 } } };
    const draw = async (name: string, ...more: string[]): Promise<string> => {
      const { code, err } = await run('example.threatmodel.yaml', '-o', name, ...more);
      assert.equal(code, 0);
      return `${err}${read(name)}`;
    };
    const [plain, part] = [await draw('plain.svg'), await draw('part.svg', '--boundary', 'runtime')];
    writeFiles(folder, { 'example.threatmodel.layout.json': JSON.stringify(pinned) });
    const moved = await draw('moved.svg');
    assert.notEqual(moved, plain);
    assert.equal(await draw('moved.svg'), moved);
    assert.equal(await draw('part.svg', '--boundary', 'runtime'), part);
    writeFiles(folder, { 'example.threatmodel.layout.json': '{"version":7}' });
    const refused = await draw('refused.svg');
    assert.match(refused, /example\.threatmodel\.layout\.json says no places/);
    assert.ok(refused.endsWith(plain));
    rmSync(path.join(folder, 'example.threatmodel.layout.json'));
  });

  it('draws a PNG, larger with a larger scale', async () => {
    const size = async (...more: string[]): Promise<[number, number]> => {
      assert.equal((await run('example.threatmodel.yaml', '-o', 'example.png', ...more)).code, 0);
      const png = readFileSync(path.join(folder, 'example.png'));
      assert.equal(png.subarray(0, 8).toString('latin1'), '\u0089PNG\r\n\u001a\n');
      return [png.readUInt32BE(16), png.readUInt32BE(20)];
    };
    const [width, height] = await size('--scale', '1');
    const [wider, higher] = await size();
    assert.ok(width > 200 && height > 200);
    assert.ok(Math.abs(wider - 2 * width) <= 2 && Math.abs(higher - 2 * height) <= 2);
  });

  for (const [ending, begins] of [
    ['pdf', '%PDF-1'],
    ['drawio', '<mxfile '],
    ['mmd', '---\ntitle: "Contoso support agent"\n---\n'],
  ] as const) {
    it(`draws .${ending}, the same each time`, async () => {
      const { code, out, err } = await run('example.threatmodel.yaml', '-o', `one.${ending}`);
      assert.deepEqual([code, out, err], [0, `one.${ending}\n`, '']);
      assert.ok(read(`one.${ending}`).startsWith(begins));
      await run('example.threatmodel.yaml', '-o', `two.${ending}`);
      assert.ok(readFileSync(path.join(folder, `one.${ending}`)).equals(readFileSync(path.join(folder, `two.${ending}`))));
    });
  }

  it('draws one boundary, one finding, or no risks', async () => {
    const drawn = async (...more: string[]): Promise<string> => {
      const { code, err } = await run('example.threatmodel.yaml', '-o', 'part.svg', ...more);
      assert.deepEqual([code, err], [0, '']);
      return read('part.svg');
    };
    const boundary = await drawn('--boundary', 'provider');
    assert.ok(boundary.includes('data-id="llm"') && !boundary.includes('data-id="crm"'));
    const { out } = await program.run(['check', 'example.threatmodel.yaml', '--format', 'json'], { cwd: folder });
    const { files } = JSON.parse(out) as { files: { findings: { rule: string; subject: string; fingerprint: string }[] }[] };
    const finding = files[0]!.findings.find(({ subject }) => subject === 'refund')!;
    for (const name of [finding.fingerprint, finding.rule]) {
      const way = await drawn('--finding', name);
      assert.ok(way.includes('class="tw-finding"') && way.includes('data-id="refund"') && !way.includes('data-id="crm"'), name);
    }
    assert.doesNotMatch(await drawn('--no-risks'), /class="tw-badge"/);
  });

  it('says what it does not find', async () => {
    const wrong = async (...more: string[]): Promise<string> => {
      const { code, err } = await run('example.threatmodel.yaml', '-o', 'never.svg', ...more);
      assert.equal(code, 2);
      assert.ok(!exists('never.svg'));
      return err;
    };
    assert.match(await wrong('--boundary', 'runtine'), /There is no boundary "runtine"; is it "runtime"\?/);
    assert.match(await wrong('--finding', 'nothing'), /No open finding has the fingerprint or rule "nothing"/);
    assert.match(await wrong('--finding', 'x', '--boundary', 'y'), /not of both/);
  });

  it("tells the problems of an organisation's rules, as check does", async () => {
    writeFiles(folder, { 'own/.threatwright/rules/odd.yaml': 'id: odd\nwhat: nothing\n', 'own/a.threatmodel.yaml': small });
    const { code, err, out } = await run('own/a.threatmodel.yaml', '-o', 'own/a.svg');
    assert.equal(code, 2);
    assert.equal(out, 'own/a.svg\n');
    assert.match(err, /own\/\.threatwright\/rules\/odd\.yaml/);
  });

  it('says which characters are missing in a PNG', async () => {
    const { code, err } = await run('wide.threatmodel.yaml', '-o', 'wide.png');
    assert.equal(code, 0);
    assert.match(err, /wide\.threatmodel\.yaml: the shipped font has no 商 店/);
    assert.equal((await run('wide.threatmodel.yaml', '-o', 'wide.svg')).err, '');
  });

  it('draws in the colours of a theme', async () => {
    await run('example.threatmodel.yaml', '-o', 'light.svg');
    await run('example.threatmodel.yaml', '-o', 'dark.svg', '--theme', 'dark');
    assert.notEqual(read('light.svg'), read('dark.svg'));
    assert.doesNotMatch(read('dark.svg'), /var\(/);
  });

  it('draws all models of a folder to a folder, below it as they were', async () => {
    const { code, out } = await run('models', 'example.threatmodel.yaml', '-o', 'out');
    assert.equal(code, 0);
    assert.deepEqual(out.split('\n'), ['out/one.svg', 'out/sub/two.svg', 'out/example.svg', '']);
    assert.deepEqual(readdirSync(path.join(folder, 'out')).sort(), ['example.svg', 'one.svg', 'sub']);
  });

  it('takes a name with a slash, or of a folder that exists, as a folder', async () => {
    assert.equal((await run('example.threatmodel.yaml', '-o', 'v1.0/')).out, 'v1.0/example.svg\n');
    assert.equal((await run('example.threatmodel.yaml', '-o', 'v1.0')).out, 'v1.0/example.svg\n');
  });

  it('draws standard input', async () => {
    const { code } = await program.run(['draw', '-', '-o', 'stdin.svg'], { cwd: folder, input: small });
    assert.equal(code, 0);
    assert.match(read('stdin.svg'), /data-id="visitor"/);
  });

  it('draws a broken model as far as it goes, and exits with 2', async () => {
    const { code, err } = await run('broken.threatmodel.yaml', '-o', 'broken.svg');
    assert.equal(code, 2);
    assert.match(err, /broken\.threatmodel\.yaml has an error/);
    assert.match(read('broken.svg'), /data-id="visitor"/);
  });

  it('draws what is there when a file is missing, and exits with 2', async () => {
    const { code, err } = await run('gone.threatmodel.yaml', 'example.threatmodel.yaml', '-o', 'rest/');
    assert.equal(code, 2);
    assert.match(err, /gone\.threatmodel\.yaml cannot be read/);
    assert.ok(exists('rest/example.svg'));
  });

  for (const [name, args, message] of [
    ['no model is named', ['-o', 'never.svg'], /Which model/],
    ['no output is named', ['example.threatmodel.yaml'], /Where to\? Add -o/],
    [
      'the ending is unknown',
      ['example.threatmodel.yaml', '-o', 'never.jpg'],
      /ends with \.svg, \.png, \.pdf, \.drawio, \.mmd, not "\.jpg"/,
    ],
    ['several models go to one file', ['models', '-o', 'never.svg'], /2 models cannot be drawn to one file/],
    ['two models have one name', ['twins', '-o', 'never'], /would both be drawn to never.same\.svg/],
    ['the theme is unknown', ['example.threatmodel.yaml', '-o', 'never.svg', '--theme', 'pink'], /--theme is one of light/],
    ['the scale is too large', ['example.threatmodel.yaml', '-o', 'never.png', '--scale', '100'], /--scale is a number from 1 to 4/],
    ['the file cannot be written', ['example.threatmodel.yaml', '-o', 'file/never.svg'], /cannot be written/],
    ['a file is where the folder should be', ['models', '-o', 'file'], /cannot be written/],
  ] as const) {
    it(`exits with 2 and draws nothing when ${name}`, async () => {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
      assert.doesNotMatch(err, /\n\s+at /);
      assert.deepEqual(
        readdirSync(folder).filter((it) => it.startsWith('never')),
        [],
      );
    });
  }
});
