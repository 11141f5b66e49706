import assert from 'node:assert/strict';
import { junitReport, type FileReport, type Threshold } from '../../../server/src/report/index.ts';
import { parseXml, type XmlElement } from '../diagram/xml.ts';
import { HOSTILE, ORDER_IN_LOG } from './hostileNames.ts';
import { assertGolden, catalogue, fileWith, problem, sampleFiles } from './support.ts';

const report = (files: readonly FileReport[], failOn: Threshold = 'high'): string => junitReport(files, catalogue, { failOn });
const childrenOf = ({ children }: XmlElement): readonly XmlElement[] => children.filter((child) => typeof child !== 'string');
const rootOf = (xml: string): XmlElement => parseXml(xml.replace(/^<\?xml .*\?>\n/, '').trimEnd());
const casesOf = (files: readonly FileReport[], failOn?: Threshold): readonly XmlElement[] =>
  childrenOf(rootOf(report(files, failOn))).flatMap(childrenOf);
const outcomes = (files: readonly FileReport[], failOn?: Threshold): readonly string[] =>
  casesOf(files, failOn).map((it) => childrenOf(it)[0]?.name ?? 'passed');

describe('report: JUnit', () => {
  it('is as in the golden file', () => {
    assertGolden('two-files.junit.xml', report(sampleFiles()));
  });

  it('fails what the gate fails, and skips the others', () => {
    const of = (severity: 'low' | 'high', failOn: Threshold) => outcomes([fileWith('a: b\n', 'a', { severity })], failOn);
    assert.deepEqual([of('high', 'high'), of('low', 'high'), of('high', 'none')], [['failure'], ['skipped'], ['skipped']]);
    assert.deepEqual(outcomes([fileWith('a: b\n', 'a', { state: 'accepted' })]), ['skipped']);
    assert.deepEqual(outcomes([fileWith('a: b\n', 'a', { state: 'not-applicable' })]), ['passed']);
    assert.deepEqual(outcomes([{ ...fileWith('a: b\n', 'a'), known: new Set(['open-door:a']) }]), ['skipped']);
    assert.deepEqual(outcomes([{ ...fileWith('a: b\n', 'a'), findings: [], problems: [problem('a: b\n', 'b')] }]), ['error']);
  });

  it('counts what it has', () => {
    const root = rootOf(report(sampleFiles()));
    for (const suite of childrenOf(root)) {
      const cases = childrenOf(suite);
      const number = (name: string): string => String(cases.filter((it) => childrenOf(it)[0]?.name === name).length);
      assert.deepEqual(
        ['tests', 'failures', 'errors', 'skipped'].map((key) => suite.attributes.get(key)),
        [String(cases.length), number('failure'), number('error'), number('skipped')],
      );
    }
    assert.equal(root.attributes.get('tests'), String(casesOf(sampleFiles()).length));
  });

  for (const name of HOSTILE) {
    it(`is read back with the name ${JSON.stringify(name)}`, () => {
      const file = { ...fileWith(`a: b\n`, 'a', { subject: name, message: name, sources: [name] }), path: name };
      const xml = report([file]);
      assert.doesNotMatch(xml, ORDER_IN_LOG);
      assert.doesNotMatch(xml.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u);
      const [only, ...others] = casesOf([file]);
      assert.equal(others.length, 0);
      const harmless = /^[\p{L}\p{N}\p{P}\p{S} ]*$/u.test(name) && !ORDER_IN_LOG.test(name);
      if (harmless) assert.equal(only?.attributes.get('classname'), name);
      if (harmless) assert.equal(only && childrenOf(only)[0]?.attributes.get('message'), name);
      assert.deepEqual([...(only?.attributes.keys() ?? [])], ['classname', 'name', 'file']);
    });
  }
});
