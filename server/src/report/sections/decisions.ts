import { code, list, mark, paragraph, table, type Block, type Section, type Text } from '../document.ts';
import { subjectText, type ModelReport } from '../modelReport.ts';

/** What people have decided and taken as given: accepted risks, reviews with room to sign, assumptions. */
export function decisionsSections(report: ModelReport): readonly Section[] {
  const { model } = report;
  const assumptions: Block[] =
    model.assumptions.length > 0 ? [list(model.assumptions.map((text) => [text]))] : [paragraph('None are stated.')];
  return [
    { id: 'accepted', title: 'Accepted risks', blocks: acceptances(report) },
    { id: 'reviews', title: 'Reviews and sign-off', blocks: reviews(report) },
    { id: 'assumptions', title: 'Assumptions', blocks: assumptions },
  ];
}

function acceptances({ model, findings, catalogue }: ModelReport): Block[] {
  if (model.accepted.length === 0) return [paragraph('No risk is accepted.')];
  const rows = model.accepted.map((entry): Text[] => {
    const finding = findings.find(({ rule, subject }) => rule === entry.rule && subject === entry.at);
    return [
      [catalogue.rules.get(entry.rule)?.title ?? entry.rule, ' (', code(entry.rule), ')'],
      subjectText(model, entry.at),
      finding ? [mark(finding.fullSeverity)] : [],
      finding ? [mark(finding.state)] : ['matches nothing'],
      [entry.owner ?? ''],
      [entry.until ?? 'no end'],
      [entry.reason ?? ''],
    ];
  });
  return [table('Accepted risks', ['Risk', 'At', 'Severity', 'State', 'Owner', 'Until', 'Reason'], rows)];
}

function reviews({ model }: ModelReport): Block[] {
  const rows = model.reviews.map((review): Text[] => [
    [review.by],
    [review.on ?? ''],
    [review.decision.replaceAll('-', ' ')],
    [
      review.model === undefined
        ? 'does not say which version'
        : review.outdated
          ? 'outdated: the model has changed since'
          : 'of the model as it is',
    ],
    [review.comment ?? ''],
  ]);
  const signatures = ['Author', 'Reviewer', 'Risk owner'].map((role): Text[] => [[role], [], [], []]);
  return [
    ...(rows.length > 0
      ? [table('Reviews', ['By', 'On', 'Decision', 'Version', 'Comment'], rows)]
      : [paragraph('Nobody has reviewed this model yet.')]),
    table('Sign-off', ['Role', 'Name', 'Date', 'Signature'], signatures),
  ];
}
