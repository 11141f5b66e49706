import assert from 'node:assert/strict';
import { stringify } from 'yaml';
import { extendCatalogue } from '../../../server/src/catalogue/pack/extend.ts';
import { takeSnapshot } from '../../../server/src/language/snapshot.ts';
import { TODAY } from '../../tools/analyseText.ts';
import { packBase, packFixture } from '../../tools/packs.ts';
import { mutate, Random } from './mutate.ts';

const MODEL = `threatmodel: 1
boundaries: { corp: { kind: organization } }
elements:
  user: { kind: human-user }
  planner: { kind: agent, in: corp }
  arm: { kind: robot-arm, in: corp }
flows:
  ask: { from: user, to: planner, kind: prompt }
  move: { from: planner, to: arm, kind: tool-call }
`;

/** The fixture, with some built-in rules and all built-in tests under other names. */
function files(random: Random): { name: string; text: string }[] {
  const { rules, predicates } = packBase().sources;
  const rename = (text: string): string => text.replaceAll('$', '$x');
  const own = Array.from({ length: 3 }, () => random.one(rules)).map(({ data }, at) => ({
    name: `rules/r${at}.yaml`,
    text: rename(stringify({ ...data, aliases: [], id: `own-${at}-${data.id}` })),
  }));
  const fixture = packFixture('good')
    .filter(({ name }) => name !== 'predicates.yaml')
    .map(({ name, text }) => ({ name, text: rename(text) }));
  const settings = { name: 'config.yaml', text: 'rules:\n  no-siem: { off: true, reason: So. }\nmandatory: [human-approval]\n' };
  return [
    ...fixture,
    ...own,
    settings,
    {
      name: 'predicates.yaml',
      text: rename(stringify({ ...predicates.data, elements: { ...predicates.data.elements, $moving: { kind: ['robot-arm'] } } })),
    },
  ];
}

describe("damaged files of an organisation's own rules", function () {
  this.timeout(120_000);

  it('never stop the rest: 100 packs', () => {
    let broken = 0;
    let whole = 0;
    for (let seed = 0; seed < 100; seed++) {
      const random = new Random(9_000_000 + seed);
      const texts = files(random);
      for (let damages = random.below(4); damages > 0; damages--) {
        const at = random.below(texts.length);
        const { name, text } = texts[at]!;
        texts[at] = { name, text: mutate(text, random).text };
      }
      try {
        const { catalogue, problems } = extendCatalogue(packBase(), texts);
        for (const { file, span, message } of problems) {
          const { text } = texts.find(({ name }) => name === file)!;
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${file} ${message}`);
        }
        if (problems.length > 0) broken++;
        else whole++;
        assert.ok(catalogue.rules.size >= packBase().sources.rules.length - 5);
        takeSnapshot(MODEL, catalogue, TODAY, undefined, (part, error) => assert.fail(`${part}: ${String(error)}`)).findings.map(
          ({ message, missing }) => [message, missing],
        );
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
    assert.ok(broken > 20 && whole > 20, `${broken} broken, ${whole} whole`);
  });
});
