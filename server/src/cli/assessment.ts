import { readFileSync, statSync } from 'node:fs';
import { readAssessment, type Assessment } from '../posture/index.ts';
import type { FileReport } from '../report/index.ts';
import type { Problem } from '../syntax/index.ts';
import { decode, reason, shown } from './models.ts';

/** A report has about a megabyte. */
const LARGEST = 64 * 1024 * 1024;

/** The report of `--assessment`, and what there is to say of it, as of any file. */
export interface ReadAssessment {
  readonly assessment: Assessment | undefined;
  readonly reports: readonly FileReport[];
}

/** Reads it; never throws. */
export function assessmentOf(file: string | undefined): ReadAssessment {
  if (file === undefined) return { assessment: undefined, reports: [] };
  const read = readText(file);
  const assessment = 'text' in read ? readAssessment(read.text) : read;
  const problems: Problem[] =
    'error' in assessment
      ? [problem('assessment-unreadable', 'error', `No evidence can be taken from ${shown(file)}. ${assessment.error}`)]
      : assessment.notes.map((note) => problem('assessment-note', 'warning', note));
  return {
    assessment: 'error' in assessment ? undefined : assessment,
    reports: problems.length === 0 ? [] : [{ path: shown(file), text: '', problems, findings: [], rules: true }],
  };
}

function readText(file: string): { readonly text: string } | { readonly error: string } {
  try {
    if (statSync(file).size > LARGEST) return { error: 'It is larger than 64 MiB.' };
    return { text: decode(readFileSync(file)) };
  } catch (error) {
    return { error: `It cannot be read: ${reason(error)}.` };
  }
}

function problem(code: string, severity: Problem['severity'], message: string): Problem {
  return { code, severity, message, span: { start: 0, end: 0 } };
}
