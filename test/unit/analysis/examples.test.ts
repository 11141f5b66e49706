import assert from 'node:assert/strict';
import { analyseText, lineOf, rulesFound } from '../../tools/analyseText.ts';
import { readRuleExamples } from '../../tools/ruleExamples.ts';

/** The examples of a rule, and the same drawn in other ways, are its test: the bad one raises it on the marked line, the other two do not raise it. */
describe('every finished rule, on its own examples', () => {
  it('has variants, if it is critical or high: bad and good ones, each with a title of its own', () => {
    for (const { rule, severity, examples, variants } of readRuleExamples()) {
      const titles = [...examples, ...variants].map(({ kind, title }) => `${kind}: ${title}`);
      assert.equal(new Set(titles).size, titles.length, rule);
      if (severity !== 'critical' && severity !== 'high') continue;
      for (const kind of ['bad', 'good'])
        assert.ok(
          variants.some((variant) => variant.kind === kind),
          `${rule} has a ${kind} variant`,
        );
    }
  });

  for (const { rule, examples, variants } of readRuleExamples()) {
    describe(rule, () => {
      for (const { kind, title, model: text } of [...examples, ...variants]) {
        it(`${kind}: ${title}`, () => {
          const { model, findings } = analyseText(text);
          const mistakes = model.problems.filter(({ severity }) => severity === 'error' || severity === 'warning');
          assert.deepEqual(mistakes, [], 'the example itself is a correct model');
          if (kind !== 'bad') {
            assert.ok(!rulesFound(findings).has(rule), `${rule} must stay silent`);
            return;
          }
          const marked = text.split('\n').findIndex((line) => line.includes('#!'));
          assert.notEqual(marked, -1, 'a bad example marks the line with #!');
          const found = findings.filter((finding) => finding.rule === rule || finding.also.includes(rule));
          assert.ok(found.length > 0, `${rule} must be raised; found: ${[...rulesFound(findings)].join(', ')}`);
          assert.ok(
            found.some((finding) => lineOf(finding, text) === marked),
            `on line ${marked + 1}, not ${found.map((finding) => lineOf(finding, text) + 1).join(', ')}`,
          );
        });
      }
    });
  }
});
