import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { completionsAt } from '../language/completion.ts';
import { diagnosticsOf } from '../language/diagnostics.ts';
import { hoverAt } from '../language/hover.ts';
import { takeSnapshot, type Snapshot } from '../language/snapshot.ts';
import { GivenDiagnostics } from './givenDiagnostics.ts';

/** Edits that are made: the second time that code runs takes a third of the first, the tenth hardly less than the fifth. */
const EDITS = 6;

/**
 * Checks a small model of the catalogue that nobody has asked about, edits it and asks about words in it: what has to be
 * done once, such as compiling the rules, is done, and code that every model needs has run, before an author waits for it.
 */
export function prepare(catalogue: Catalogue, today: string): void {
  const [template] = catalogue.templates;
  if (!template) return;
  const given = new GivenDiagnostics(false, (file) => file);
  const text = TextDocument.create('prepare:', 'threatmodel', 0, template.text);
  let snapshot: Snapshot | undefined;
  const check = (): void => {
    snapshot = takeSnapshot(text.getText(), catalogue, today, snapshot);
    given.give(text, diagnosticsOf(snapshot));
  };
  check();
  // A letter too many in a kind, which is then taken away again, as somebody types.
  const kinds = [...template.text.matchAll(/(?<=kind: )\w/g)];
  for (let edit = 0; edit < EDITS; edit++) {
    const takes = edit % 2 === 1;
    const start = text.positionAt(kinds.at(-1 - (edit >> 1))?.index ?? 0);
    const end = takes ? { ...start, character: start.character + 1 } : start;
    TextDocument.update(text, [{ range: { start, end }, text: takes ? '' : 'x' }], edit + 1);
    check();
  }
  // Words that are asked about: kinds, and the names before them.
  for (const { index } of kinds.slice(-EDITS)) {
    hoverAt(snapshot!, index);
    hoverAt(snapshot!, template.text.lastIndexOf('\n', index) + 3);
    completionsAt(snapshot!, index);
  }
}
