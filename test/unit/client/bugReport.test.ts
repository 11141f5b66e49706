import assert from 'node:assert/strict';
import { bugReport, redact } from '../../../client/src/features/bugReportText.ts';

describe('the report of a bug', () => {
  it('has the facts and the last lines of the log', () => {
    const log = Array.from({ length: 50 }, (_, at) => `[info] line ${at}`);
    const text = bugReport([['Threatwright', '1.2.3']], log);
    assert.match(text, /^- Threatwright: 1\.2\.3\n\n```text\n\[info\] line 10\n/);
    assert.match(text, /line 49\n```\n$/);
  });

  it('says so when the log is empty', () => assert.match(bugReport([], []), /the log is empty/));

  const cases: [string, string][] = [
    ['Error in analysis: TypeError: x is not iterable', 'Error in analysis: TypeError: x is not iterable'],
    ['at f (/home/jane/ext/dist/server.cjs:10:5)', 'at f (<path>/server.cjs:10:5)'],
    ['at g (C:\\Users\\Jane\\ext\\dist\\server.cjs:10:5)', 'at g (<path>/server.cjs:10:5)'],
    ['at h (http://localhost:4000/extension/dist/web/server.js:1:2)', 'at h (<path>/server.js:1:2)'],
    ['Diagram of file:///home/jane/secret%20plan.threatmodel.yaml: no', 'Diagram of <uri> no'],
    ['cannot read /home/jane/plans/secret.threatmodel.yaml', 'cannot read <path>'],
    ['the text has no "Customer record" any more', 'the text has no "…" any more'],
    ['unfinished "Customer record', 'unfinished "…"'],
    ['owner jane.doe@contoso.example', 'owner <address>'],
    ['``` breaks out', "''' breaks out"],
  ];
  for (const [line, expected] of cases) it(`names nobody: ${line}`, () => assert.equal(redact(line), expected));
});
