export { rangeIn, reaches, summarise, type FileReport, type Range, type Summary } from './fileReport.ts';
export { jsonReport } from './json.ts';
export { sarifReport } from './sarif.ts';
export { jsonText } from './jsonText.ts';
export { pageText } from './pageText.ts';
export { plain, visible } from './terminalText.ts';
export { textReport, type TextOptions } from './text.ts';
