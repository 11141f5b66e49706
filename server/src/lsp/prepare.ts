import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { diagnosticsOf } from '../language/diagnostics.ts';
import { takeSnapshot } from '../language/snapshot.ts';
import { GivenDiagnostics } from './givenDiagnostics.ts';

/**
 * Checks a small model of the catalogue that nobody has asked about, and an edit of it: what has to be done once, such as
 * compiling the rules, is done, and code that every model needs has run, before an author waits for it.
 */
export function prepare(catalogue: Catalogue, today: string): void {
  const [template] = catalogue.templates;
  if (!template) return;
  const given = new GivenDiagnostics(false, (file) => file);
  const text = TextDocument.create('prepare:', 'threatmodel', 0, template.text);
  const opened = takeSnapshot(template.text, catalogue, today);
  given.give(text, diagnosticsOf(opened));
  const end = text.positionAt(template.text.length);
  TextDocument.update(text, [{ range: { start: end, end }, text: '\n# Prepared' }], 1);
  given.give(text, diagnosticsOf(takeSnapshot(text.getText(), catalogue, today, opened)));
}
