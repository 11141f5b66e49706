import { isOpen, type Finding } from '../analysis/index.ts';
import { SEVERITIES } from '../catalogue/rule.ts';
import type { FileReport } from './fileReport.ts';

/** What an earlier run had found open: how severe it was, by file and fingerprint. */
export type Baseline = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * Reads the JSON or SARIF output of an earlier run; `undefined` when it is neither. Findings that were settled then are not
 * in it, so that they are new when they are open again.
 */
export function readBaseline(text: string): Baseline | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
  const files = new Map<string, Map<string, number>>();
  const add = (path: unknown, fingerprint: unknown, severity: unknown): void => {
    if (typeof path !== 'string' || typeof fingerprint !== 'string') return;
    let known = files.get(path);
    if (!known) files.set(path, (known = new Map()));
    const weight = SEVERITIES.findIndex((it) => it === severity);
    known.set(fingerprint, Math.max(weight, known.get(fingerprint) ?? -1));
  };
  const isRead = readJson(value, add) || readSarif(value, add);
  return isRead ? files : undefined;
}

/** The report with what of it was known: open then, and at least as severe. */
export function comparedWith(baseline: Baseline, file: FileReport): FileReport {
  const before = baseline.get(file.path);
  const wasThere = ({ fingerprint, fullSeverity }: Finding): boolean =>
    (before?.get(fingerprint) ?? -1) >= SEVERITIES.indexOf(fullSeverity);
  return { ...file, known: new Set(file.findings.filter(wasThere).map(({ fingerprint }) => fingerprint)) };
}

type Add = (path: unknown, fingerprint: unknown, severity: unknown) => void;

function readJson(value: unknown, add: Add): boolean {
  const files = get(value, 'files');
  if (get(value, 'version') !== 1 || !Array.isArray(files)) return false;
  for (const file of files as unknown[]) {
    for (const finding of list(get(file, 'findings'))) {
      const state = get(finding, 'state');
      if (typeof state !== 'string' || !isOpen(state as Finding['state'])) continue;
      add(get(file, 'path'), get(finding, 'fingerprint'), get(finding, 'fullSeverity'));
    }
  }
  return true;
}

function readSarif(value: unknown, add: Add): boolean {
  if (get(value, 'version') !== '2.1.0' || !Array.isArray(get(value, 'runs'))) return false;
  for (const run of list(get(value, 'runs'))) {
    for (const result of list(get(run, 'results'))) {
      if (list(get(result, 'suppressions')).length > 0) continue;
      const [location] = list(get(result, 'locations'));
      const uri = get(get(get(location, 'physicalLocation'), 'artifactLocation'), 'uri');
      add(
        typeof uri === 'string' ? pathOf(uri) : undefined,
        get(get(result, 'partialFingerprints'), 'threatwright/v1'),
        get(get(result, 'properties'), 'fullSeverity'),
      );
    }
  }
  return true;
}

/** The path that a URI was made of. */
function pathOf(uri: string): string | undefined {
  try {
    return decodeURIComponent(uri.replace(/^file:\/\/(?:\/(?=[A-Za-z]:))?/, ''));
  } catch {
    return undefined;
  }
}

function get(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
