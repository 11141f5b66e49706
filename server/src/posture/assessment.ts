/** What the Zero Trust Assessment saw of a test. Everything else it may say (skipped, planned, investigate) is no evidence. */
export type Seen = 'passed' | 'failed';

/** A report of the Zero Trust Assessment, as far as it is evidence. */
export interface Assessment {
  /** ISO day on which it was made; `undefined` when the report does not say it. */
  readonly date: string | undefined;
  readonly tenant: string | undefined;
  /** By the id of the test; of a test that is there twice, the worse. */
  readonly tests: ReadonlyMap<string, { readonly seen: Seen; readonly title: string }>;
  /** How many tests the report has, evidence or not. */
  readonly total: number;
  /** What a reader must know of it: it is cut off, or newer than what was known when this was written. Sentences. */
  readonly notes: readonly string[];
}

/** More tests than any release has. */
const MOST_TESTS = 20_000;
const LONGEST_TEXT = 200;
/** The newest release whose report was looked at. */
const KNOWN_RELEASE = [2, 6] as const;

/**
 * Reads the JSON report of the assessment. Its format is not published, so nothing is taken for granted: what is missing,
 * null or of another type is left out. Never throws; returns a sentence when the text is no such report.
 */
export function readAssessment(text: string): Assessment | { readonly error: string } {
  let report: unknown;
  try {
    report = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    const cut = text.trimEnd() !== '' && !/\}\s*$/.test(text);
    return {
      error: cut
        ? 'It ends in the middle: the file is cut off.'
        : 'It is not JSON: name the JSON report of the Zero Trust Assessment, not its page.',
    };
  }
  if (!isRecord(report)) return { error: 'It is no report of the Zero Trust Assessment.' };
  const list = report['Tests'];
  if (!Array.isArray(list))
    return { error: 'It has no list of tests: it is no report of the Zero Trust Assessment, or of a release that is not known here.' };
  const tests = new Map<string, { seen: Seen; title: string }>();
  let understood = 0;
  for (const test of list.slice(0, MOST_TESTS) as unknown[]) {
    if (!isRecord(test)) continue;
    const id = wordOf(test['TestId']);
    const status = wordOf(test['TestStatus'])?.toLowerCase();
    if (id === undefined || status === undefined) continue;
    understood++;
    if (status !== 'passed' && status !== 'failed') continue;
    if (status === 'passed' && tests.get(id)?.seen === 'failed') continue;
    tests.set(id, { seen: status, title: wordOf(test['TestTitle']) ?? '' });
  }
  if (list.length > 0 && understood === 0)
    return { error: 'None of its tests has an id and a status that are known here: it may be of a newer release.' };
  return {
    date: dayOf(report['ExecutedAt']),
    tenant: wordOf(report['TenantName']) ?? wordOf(report['Domain']) ?? wordOf(report['TenantId']),
    tests,
    total: list.length,
    notes: notesOn(report, list.length, understood),
  };
}

function notesOn(report: Readonly<Record<string, unknown>>, total: number, understood: number): string[] {
  const notes: string[] = [];
  if (wordOf(report['EndOfJson']) !== 'EndOfJson') notes.push('The report does not say that it is complete: tests may be missing.');
  if (understood < total) notes.push(`${total - understood} of its ${total} tests could not be read.`);
  const version = wordOf(report['CurrentVersion']);
  const [major = 0, minor = 0] = version?.split('.').map(Number) ?? [];
  const [knownMajor, knownMinor] = KNOWN_RELEASE;
  if (major > knownMajor || (major === knownMajor && minor > knownMinor))
    notes.push(
      `It was made by release ${version ?? ''}; the tests of releases up to ${KNOWN_RELEASE.join('.')} are known here, newer ones are left out.`,
    );
  if (wordOf(report['IsDemo'])?.toLowerCase() === 'true') notes.push('It is a demonstration, not the report of a tenant.');
  return notes;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A short text, also when it was written as a number or a flag. */
function wordOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/\s+/gu, ' ').trim();
  return text === ''
    ? undefined
    : Array.from(text.slice(0, 4 * LONGEST_TEXT))
        .slice(0, LONGEST_TEXT)
        .join('');
}

/** As it is written, in the place where it was made. */
function dayOf(value: unknown): string | undefined {
  const [day] = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(wordOf(value) ?? '') ?? [];
  return day;
}
