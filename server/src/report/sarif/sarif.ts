import { isOpen, missingText, type Finding } from '../../analysis/index.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { SEVERITIES } from '../../catalogue/rule.ts';
import type { Problem } from '../../syntax/index.ts';
import type { FileReport } from '../fileReport.ts';
import { jsonText } from '../jsonText.ts';
import { artifactOf, message, physical, regionOf, uriOf } from './places.ts';
import { LEVEL, ruleTable, type RuleTable } from './rules.ts';

/** GitHub takes no run with more results. */
const MOST_RESULTS = 25_000;
/** Of what belongs to one result, GitHub shows no more. */
const MOST_RELATED = 100;
const MOST_STEPS = 1000;

interface Placed {
  readonly finding: Finding;
  readonly file: FileReport;
  /** Where the file is in the list of files. */
  readonly artifact: number;
}

/**
 * SARIF 2.1.0, byte-identical for the same input. Problems of the files are notifications. Accepted findings are results
 * with a suppression; findings that do not apply are left out, because viewers count every result. Of too many, the most
 * severe are kept and a notification says how many are not.
 */
export function sarifReport(files: readonly FileReport[], catalogue: Catalogue, toolVersion: string): string {
  const all = files.flatMap((file, artifact) =>
    file.findings.filter(({ state }) => state !== 'not-applicable').map((finding) => ({ finding, file, artifact })),
  );
  const shown = mostSevere(all);
  const catalogues = new Map<string, Catalogue>();
  for (const { finding, file } of shown) if (!catalogues.has(finding.rule)) catalogues.set(finding.rule, file.catalogue ?? catalogue);
  const rules = ruleTable([...catalogues.keys()].sort(), (id) => catalogues.get(id) ?? catalogue);
  const { taxonomies } = rules;
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Threatwright',
            semanticVersion: toolVersion,
            rules: rules.descriptors,
            ...(taxonomies.length > 0 && {
              supportedTaxonomies: taxonomies.map((it, index) => ({ name: (it as { name: string }).name, index })),
            }),
          },
        },
        ...(taxonomies.length > 0 && { taxonomies }),
        columnKind: 'utf16CodeUnits',
        artifacts: files.map((file) => ({ location: { uri: uriOf(file.path) } })),
        results: shown.map((placed) => result(placed, rules, placed.file.catalogue ?? catalogue)),
        invocations: [
          {
            executionSuccessful: !files.some((file) => file.problems.some((problem) => problem.severity === 'error')),
            toolExecutionNotifications: [
              ...files.flatMap((file, at) =>
                file.problems.filter((problem) => problem.severity !== 'hint').map((problem) => notification(problem, file, at)),
              ),
              ...(shown.length < all.length ? [leftOut(all.length - shown.length)] : []),
            ],
          },
        ],
      },
    ],
  });
}

/** In the order that they have. */
function mostSevere(all: readonly Placed[]): readonly Placed[] {
  if (all.length <= MOST_RESULTS) return all;
  const weight = ({ finding }: Placed): number => (isOpen(finding.state) ? SEVERITIES.indexOf(finding.fullSeverity) : -1);
  const kept = new Set([...all].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_RESULTS));
  return all.filter((placed) => kept.has(placed));
}

function leftOut(count: number): object {
  return {
    level: 'warning',
    descriptor: { id: 'too-many' },
    message: { text: `${count} findings, the least severe, are left out: a run has at most ${MOST_RESULTS} results.` },
  };
}

function result(placed: Placed, rules: RuleTable, catalogue: Catalogue): object {
  const { finding, file, artifact } = placed;
  const needs = missingText(finding, catalogue);
  const hops = finding.related.map((place) => ({
    message: message(place.message),
    physicalLocation: physical(file, artifact, place.span),
  }));
  return {
    ruleId: finding.rule,
    ruleIndex: rules.indexOf(finding.rule),
    level: LEVEL[finding.severity],
    kind: 'fail',
    message: message(needs === '' ? finding.message : `${finding.message} Needs: ${needs}.`),
    locations: [{ physicalLocation: physical(file, artifact, finding.span), logicalLocations: [{ fullyQualifiedName: finding.subject }] }],
    relatedLocations: hops.slice(0, MOST_RELATED).map((hop, id) => ({ id, ...hop })),
    ...(finding.sources.length > 0 &&
      hops.length > 0 && {
        codeFlows: [
          { threadFlows: [{ locations: hops.slice(0, MOST_STEPS).map((location, at) => ({ executionOrder: at + 1, location })) }] },
        ],
      }),
    partialFingerprints: { 'threatwright/v1': finding.fingerprint },
    ...(file.known && { baselineState: file.known.has(finding.fingerprint) ? 'unchanged' : 'new' }),
    ...(!isOpen(finding.state) && { suppressions: [suppression(placed)] }),
    ...fixes(placed),
    properties: {
      state: finding.state,
      severity: finding.severity,
      fullSeverity: finding.fullSeverity,
      subject: finding.subject,
      also: finding.also,
    },
  };
}

/** Who has accepted it, why, and until when; the entry in the file says it. */
function suppression({ finding, file, artifact }: Placed): object {
  const acceptance = file.acceptances?.find(
    ({ rule, at, from }) =>
      rule === finding.rule && at === finding.subject && (from === undefined || finding.sources.every((source) => from.includes(source))),
  );
  if (!acceptance) return { kind: 'inSource', status: 'accepted' };
  const { reason, owner, until, span } = acceptance;
  const terms = [owner !== undefined && `by ${owner}`, until !== undefined && `until ${until}`].filter((it) => it !== false).join(', ');
  const justification = [reason, terms === '' ? '' : `(accepted ${terms})`].filter((it) => it !== undefined && it !== '').join(' ');
  return {
    kind: 'inSource',
    status: 'accepted',
    ...(justification !== '' && { justification }),
    location: { physicalLocation: physical(file, artifact, span) },
  };
}

function fixes({ finding, file, artifact }: Placed): object {
  const fix = file.fixes?.get(finding.fingerprint);
  if (!fix) return {};
  const replacements = fix.edits.map(({ span, text }) => ({ deletedRegion: regionOf(file, span), insertedContent: { text } }));
  return {
    fixes: [{ description: message(fix.title), artifactChanges: [{ artifactLocation: artifactOf(file, artifact), replacements }] }],
  };
}

function notification(problem: Problem, file: FileReport, artifact: number): object {
  return {
    level: problem.severity === 'error' ? 'error' : problem.severity === 'warning' ? 'warning' : 'note',
    descriptor: { id: problem.code },
    message: message(problem.message),
    locations: [{ physicalLocation: physical(file, artifact, problem.span) }],
  };
}
