import assert from 'node:assert/strict';
import { readSources } from '../../../server/catalogue/build.ts';
import { completeRule } from '../../../server/src/catalogue/sources.ts';

const rules = (await readSources()).rules.map(({ data }) => completeRule(data));

/** Ids of taxonomies as they are written in a text. */
const IDS =
  /AML\.(?:CS|T|M)\d+(?:\.\d+)?|ASI\d\d|LLM\d\d(?::20\d\d)?|MCP\d\d(?::20\d\d)?|DSGAI\d\d|NISTAML\.\d+|(?:MAP|MEASURE|MANAGE|GOVERN) \d\.\d+|Article \d+|\b(?:T\d{1,2}|(?:AI|DS)_\d+)\b/g;
/** Words that leave an architect with nothing to plan with. */
const VAGUE = /\b(?:low|medium|high) effort\b|\b(?:some|much) effort\b/i;
/** What an effort is told in; a line of text or a setting needs no unit. */
const MEASURED = /minute|hour|day|week|\ba (?:sentence|line)\b|setting|nothing/i;

/** What can be checked of the texts without reading them. */
describe('the texts of the rules', () => {
  it('name incidents and techniques that the rule is mapped to', () => {
    const unmapped = rules.flatMap(({ id, text, mappings }) => {
      const mapped = Object.values(mappings).flat();
      const named = [...`${text.why} ${text.fix} ${text.cost} ${text.accept}`.matchAll(IDS)].map(([name]) => name);
      return named.filter((name) => !mapped.some((it) => it === name || it.startsWith(`${name}:`))).map((name) => `${id}: ${name}`);
    });
    assert.deepEqual(unmapped, []);
  });

  it('tell what to do in the order in which it is offered', () => {
    const wrong = rules.filter(({ suggest, text: { fix } }) => {
      const places = suggest.map((control) => fix.indexOf(`\`${control}\``));
      return places.some((place, index) => place < 0 || place < (places[index - 1] ?? 0));
    });
    assert.deepEqual(
      wrong.map(({ id, suggest }) => `${id}: ${suggest.join(', ')}`),
      [],
    );
  });

  it('say what a fix costs in hours, days, money, latency or comfort', () => {
    assert.deepEqual(
      rules.filter(({ text: { cost } }) => VAGUE.test(cost) || !MEASURED.test(cost)).map(({ id }) => id),
      [],
    );
  });

  it('are sentences, each rule in its own words', () => {
    const seen = new Map<string, string>();
    for (const { id, text } of rules) {
      for (const part of [text.why, text.fix, text.cost, text.accept]) {
        assert.match(part.trim(), /^[A-Z`].*[.]$/s, id);
        for (const sentence of part.trim().split(/(?<=\.) (?=[A-Z])/)) {
          // What an effort is may be the same of two fixes.
          if (part !== text.cost && sentence.length > 60) assert.equal(seen.get(sentence), undefined, `${id}: ${sentence}`);
          seen.set(sentence, id);
        }
      }
    }
  });

  it('have messages of one sentence', () => {
    for (const { id, message } of rules) assert.match(message, /^[^.!?]+[.]$/, id);
  });
});
