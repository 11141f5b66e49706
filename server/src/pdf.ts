/** What writes PDF: large, so it is a file of its own that is loaded for the first one. */
export { toPdf } from './diagram/export/pdf.ts';
export { pdfReport } from './report/pdf/pdf.ts';
