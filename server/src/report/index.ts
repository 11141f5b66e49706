export { rangeIn, reaches, summarise, type FileReport, type Range, type Summary } from './fileReport.ts';
export { jsonReport } from './json.ts';
export { sarifReport } from './sarif.ts';
export { plain } from './terminalText.ts';
export { textReport, type TextOptions } from './text.ts';
