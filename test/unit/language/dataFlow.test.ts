import assert from 'node:assert/strict';
import { hopsOf, stopsAt } from '../../../server/src/language/dataFlow.ts';
import { cursor } from '../../tools/markers.ts';
import { snapshotOf } from './fixture.ts';

const MODEL = `elements:
  user: { kind: user }
  gate: { kind: gateway }
  bot: { kind: agent, title: Support bot }
  pay: { kind: tool }
  notes: { kind: store }
flows:
  ask: { from: user, to: bot, through: [gate] }
  quiet: { from: user, to: bot, kind: prompt, oneWay: true }
  buy: { from: bot, to: pay }
  note: { from: bot, to: notes }
  again: { from: bot, to: pay, kind: call }
  hint: { from: notes, to: bot, kind: prompt }
  told: { from: bot, to: notes, kind: answer }
  self: { from: bot, to: bot, kind: call }
  lost: { from: bot, to: nobody }
`;

/** `other by flows`, each. */
const hops = (id: string, direction: 'in' | 'out'): string[] =>
  hopsOf(snapshotOf(MODEL), id, direction).map(({ stop, flows }) => {
    for (const { id: flow, span } of flows) assert.equal(MODEL.slice(span.start, span.end), flow);
    return `${stop.id} by ${flows.map((flow) => (flow.reply ? `${flow.id} (reply)` : flow.id)).join(', ')}`;
  });

describe('the way of data', () => {
  for (const [id, direction, expected] of [
    ['user', 'out', ['gate by ask', 'bot by quiet']],
    ['user', 'in', ['gate by ask (reply)']],
    ['gate', 'out', ['bot by ask', 'user by ask (reply)']],
    ['gate', 'in', ['user by ask', 'bot by ask (reply)']],
    ['bot', 'in', ['gate by ask', 'user by quiet', 'notes by hint', 'bot by self']],
    ['bot', 'out', ['gate by ask (reply)', 'pay by buy, again', 'notes by note, told', 'bot by self']],
    ['pay', 'in', ['bot by buy, again']],
    ['pay', 'out', []],
    ['nobody', 'in', []],
  ] as const) {
    it(`${direction} of ${id}`, () => assert.deepEqual(hops(id, direction), expected));
  }

  for (const [around, expected] of [
    ['  b$0ot:', ['bot']],
    ['title: Supp$0ort', ['bot']],
    ['through: [ga$0te]', ['gate']],
    ['to: pa$0y }', ['pay']],
    ['  as$0k:', ['user', 'bot']],
    ['one$0Way', ['user', 'bot']],
    ['  se$0lf', ['bot']],
    ['ele$0ments', []],
    ['no$0body', []],
  ] as const) {
    it(`begins at ${around}`, () => {
      const { text, offset } = cursor(around);
      const stops = stopsAt(snapshotOf(MODEL), MODEL.indexOf(text) + offset);
      assert.deepEqual(
        stops.map(({ id }) => id),
        expected,
      );
    });
  }
});
