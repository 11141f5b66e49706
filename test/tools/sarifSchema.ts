import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

/** A package that holds the official schema of SARIF 2.1.0; too much to install for one file. */
const PACKAGE = '@microsoft/jest-sarif@1.0.0-beta.0';
const FILE = 'package/lib/schemas/sarif-2.1.0-rtm.5.json';
const CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache/threatwright');

let validate: ValidateFunction | undefined;

/** Asserts that a value is SARIF as its official schema says. The schema is fetched once; throws when it cannot be had. */
export function assertSarif(value: unknown): void {
  validate ??= compile();
  validate(value);
  assert.deepEqual(validate.errors ?? [], []);
}

function compile(): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  ajv.addFormat('uri', (text: string) => URL.canParse(text) && /^[\x21-\x7e]*$/.test(text));
  ajv.addFormat('uri-reference', (text: string) => URL.canParse(text, 'file:///') && /^(?:[^%\s"<>\\^`{|}]|%[0-9a-f]{2})*$/i.test(text));
  ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
  // It is written in draft 4 of JSON Schema, of which only the names of these two keys are different.
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile(), 'utf8')) as Record<string, unknown>;
  return ajv.compile(schema);
}

function schemaFile(): string {
  const file = path.join(CACHE, path.basename(FILE));
  if (existsSync(file)) return file;
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(path.join(CACHE, 'sarif-'));
  try {
    const options = { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' } as const;
    const packed = execFileSync('npm', ['pack', PACKAGE, '--silent'], options).trim();
    execFileSync('tar', ['-xzf', packed, FILE], { cwd: folder });
    // Several runs may fetch it at the same time.
    renameSync(path.join(folder, FILE), file);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return file;
}
