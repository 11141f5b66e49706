import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { countBySubject } from '../../../server/src/diagram/badges.ts';
import { createElk } from '../../../server/src/diagram/elk.ts';
import {
  buildGraph,
  buildMarks,
  layoutGraph,
  paletteOf,
  renderScene,
  svgText,
  type DiagramFinding,
  type PaletteName,
} from '../../../server/src/diagram/index.ts';
import { readCatalogue } from '../../tools/catalogue.ts';
import { modelOf } from '../../tools/analyseText.ts';
import { edge, graph, madeUp, node } from './support.ts';
import { parseXml } from './xml.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);

/** Marks by hand, so that a new rule does not change the picture. */
function finding(severity: DiagramFinding['severity'], subject: string, trail: readonly string[]): DiagramFinding {
  return {
    ...{ key: `${severity} ${subject}`, rule: 'made-up', ruleTitle: 'Made up', severity, state: 'open', subject },
    ...{ message: 'Customer can make Support agent call refunds', missing: [['Human approval'], ['Policy engine', 'Undo']] },
    ...{ present: [], principles: ['least-privilege', 'assume-breach'], category: 'agent', lanes: [], taxonomies: [], trail },
  };
}

const FINDINGS: readonly DiagramFinding[] = [
  finding('critical', 'refund', ['customer', 'ask', 'agent', 'refund', 'refunds']),
  finding('high', 'agent', ['agent']),
  finding('medium', 'crm', ['crm']),
  finding('medium', 'provider', ['llm']),
  finding('low', 'think', ['agent', 'think', 'llm']),
];

/** Writes the picture instead when UPDATE_GOLDEN is set: look at the difference before you commit it. */
function assertGolden(name: string, svg: string): void {
  parseXml(svg.trimEnd());
  const file = new URL(`diagram/${name}.svg`, FIXTURES);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, svg);
  assert.equal(svg, readFileSync(file, 'utf8'), `${name}.svg differs; UPDATE_GOLDEN=1 writes it anew`);
}

describe('golden pictures', () => {
  const catalogue = readCatalogue();
  const example = modelOf(readFileSync(new URL('format-example.threatmodel.yaml', FIXTURES), 'utf8'), catalogue);
  const counts = Object.fromEntries(FINDINGS.map(({ subject, severity }) => [subject, { [severity]: 1 }]));
  const pictures: readonly (readonly [string, PaletteName, string | undefined])[] = [
    ['format-example', 'light', undefined],
    ['format-example-trail', 'dark', FINDINGS[0]!.key],
  ];
  for (const [name, palette, highlight] of pictures) {
    it(`the example of the format: ${name}`, async () => {
      const scene = await layoutGraph(buildGraph(example, catalogue), createElk());
      const marks = { counts, findings: FINDINGS, names: {} };
      assertGolden(name, `${svgText(renderScene(scene, marks, { palette: paletteOf(palette), frame: true, highlight }))}\n`);
    });
  }

  it('an element at which more flows end than badges and numbers have room for', async () => {
    const names = ['Ask', 'Call', 'Read', 'Write', 'Send', 'Sign', 'Pay'];
    const flows = names.map((label) => edge(label.toLowerCase(), 'agent', 'tool', { label: '', data: [] }));
    const crowded = graph({
      nodes: [node('agent'), node('tool'), node('store', undefined, { shape: 'store' })],
      edges: [...flows, edge('keep', 'tool', 'store', { label: 'Keep' })].map((flow) => ({ ...flow, crosses: [] })),
    });
    const way = finding('critical', 'tool', ['agent', 'ask', 'call', 'read', 'send', 'tool', 'keep', 'store']);
    const findings = [way, ...names.map((name) => finding('high', name.toLowerCase(), [])), finding('medium', 'keep', [])];
    const marks = { counts: countBySubject(findings), findings, names: {} };
    const scene = await layoutGraph(crowded, createElk());
    const draw = (highlight?: string): string =>
      `${svgText(renderScene(scene, marks, { palette: paletteOf('light'), frame: true, highlight }))}\n`;
    assertGolden('crowded', draw());
    assertGolden('crowded-trail', draw(way.key));
  });

  it('a made-up model of 24 elements', async () => {
    const scene = await layoutGraph(madeUp(24), createElk());
    assertGolden(
      'made-up',
      `${svgText(renderScene(scene, buildMarks(example, [], catalogue), { palette: paletteOf('print'), frame: true }))}\n`,
    );
  });
});
