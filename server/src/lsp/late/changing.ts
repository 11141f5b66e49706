/**
 * What changes texts, and selects what may be changed, in a file of its own that is loaded when the first of it is asked for:
 * who only types never waits for it. Imported with `import()` alone.
 */
export { actionsAt, findingsIn } from '../../language/actions/actions.ts';
export { evidenceActions } from '../../language/actions/evidence.ts';
export { waysOut } from '../../language/actions/waysOut.ts';
export { addAtBestPlace } from '../../language/bestPlace.ts';
export { editFromDiagram } from '../../language/diagramEdits.ts';
export { formattingOf } from '../../language/formatting.ts';
export { selectionAt } from '../../language/selectionRange.ts';
export { followMoves } from '../workspace/movedFiles.ts';
export { namespaceAt, namespaceRefusal, renamedNamespace } from '../../language/renameNamespace.ts';
export { refusalOf, renamableAt, renamed } from '../../language/rename.ts';
