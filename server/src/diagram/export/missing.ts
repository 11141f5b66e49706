import { charactersOutsideFont } from '../measure.ts';

/** The characters of a picture that no shipped font has: they are missing where the fonts are drawn into the file. */
export function missingIn(svg: string): readonly string[] {
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '');
  return charactersOutsideFont(texts.join('').replace(/&(?:amp|lt|gt|quot|#39);/g, '&'));
}
