/**
 * What checks and explains an organisation's own rules, in a file of its own that is loaded when a folder of them is found.
 * Imported with `import()` alone.
 */
export { extendCatalogue } from '../../catalogue/pack/extend.ts';
export { packCompletionsAt, packHoverAt } from '../../language/packFile/packFile.ts';
