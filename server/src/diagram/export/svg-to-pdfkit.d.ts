declare module 'svg-to-pdfkit' {
  export interface SvgToPdfOptions {
    readonly width: number;
    readonly height: number;
    readonly assumePt: boolean;
    imageCallback(link: string): string;
    fontCallback(family: string, bold: boolean, italic: boolean): string;
  }
  export default function svgToPdf(document: object, svg: string, x: number, y: number, options: SvgToPdfOptions): void;
}
