/** Reads the text of a PDF that was written without compression back, as far as the writer of reports goes. */
export interface Page {
  readonly width: number;
  readonly height: number;
  /** In the order of writing; what stands on one line is one line, with a tab between its pieces. */
  readonly lines: readonly string[];
}

export function pagesOf(source: string): Page[] {
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body);
  const object = (reference: string | undefined): string => objects.get(reference ?? '') ?? '';
  const letters = new Map<string, ReadonlyMap<number, string>>();
  const lettersOf = (font: string): ReadonlyMap<number, string> => {
    let known = letters.get(font);
    if (!known) letters.set(font, (known = toUnicode(object(/\/ToUnicode (\d+) 0 R/.exec(object(font))?.[1]))));
    return known;
  };
  const kids = /\/Kids \[([^\]]*)\]/.exec([...objects.values()].find((body) => /\/Type \/Pages\b/.test(body)) ?? '')?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => {
    const page = object(id);
    const [, width = '0', height = '0'] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(page) ?? [];
    const resources = object(/\/Resources (\d+) 0 R/.exec(page)?.[1]);
    const fonts = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', font = '']) => [name, font]));
    const content = object(/\/Contents (\d+) 0 R/.exec(page)?.[1]);
    return { width: Number(width), height: Number(height), lines: linesOf(content, (name) => lettersOf(fonts.get(name) ?? '')) };
  });
}

function linesOf(content: string, lettersOf: (font: string) => ReadonlyMap<number, string>): string[] {
  const lines: string[] = [];
  let [font, place, last] = ['', '', ''];
  for (const [, at, name, array] of content.matchAll(/[-\d.]+ ([-\d.]+) Tm|\/(F\d+) [\d.]+ Tf|((?:<[0-9a-f]*>|[-\d. [\]])*) T[jJ]\b/g)) {
    if (at !== undefined) place = at;
    else if (name !== undefined) font = name;
    else {
      const known = lettersOf(font);
      const codes = [...(array ?? '').matchAll(/<([0-9a-f]*)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
      const text = codes.map((code) => known.get(parseInt(code, 16)) ?? '?').join('');
      if (place === last && lines.length > 0) lines[lines.length - 1] += `\t${text}`;
      else lines.push(text);
      last = place;
    }
  }
  return lines.map((line) => line.trim());
}

function toUnicode(map: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, from = '', to = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi)) {
    const texts = [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) =>
      String.fromCharCode(...(hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16))),
    );
    texts.forEach((text, at) => letters.set(parseInt(from, 16) + at, text));
    if (parseInt(to, 16) < parseInt(from, 16)) throw new Error('not a range');
  }
  return letters;
}

/** What a document is made of: the tag of each element with what is in it, and `true` for marks on a page. */
export type Element = readonly (string | true | Element)[];

/** The structure that screen readers go by. Throws when marks on a page are in no element, or neither in one nor an artifact. */
export function structureOf(source: string): Element {
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of source.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body);
  const all = [...objects.values()];
  let placed = 0;
  const elementOf = (id: string): Element => {
    const body = objects.get(id) ?? '';
    const kids = /\/K \[([\s\S]*?)\]\s*(?:\/|>>)/.exec(body)?.[1] ?? '';
    const inside = [...kids.matchAll(/<<([\s\S]*?)>>|(\d+) 0 R|\d+/g)].flatMap(([, reference, element]): (Element | true)[] => {
      if (element !== undefined) return [elementOf(element)];
      // An annotation is no mark on the page.
      if (reference?.includes('/OBJR')) return [];
      placed++;
      return [true];
    });
    return [/\/S \/(\w+)/.exec(body)?.[1] ?? '', ...inside];
  };
  const root = all.find((body) => /\/Type \/StructTreeRoot/.test(body)) ?? '';
  const document = elementOf(/\/K \[(\d+) 0 R\]/.exec(root)?.[1] ?? '');
  let marked = 0;
  for (const [, id = ''] of source.matchAll(/\/Contents (\d+) 0 R/g)) {
    const open: string[] = [];
    for (const [sign, tag, facts] of (objects.get(id) ?? '').matchAll(/\/(\w+) (<<[\s\S]*?>>) BDC|\bEMC\b|\bT[jJ]\b/g)) {
      if (tag !== undefined) {
        open.push(tag);
        if (facts?.includes('/MCID')) marked++;
      } else if (sign === 'EMC') open.pop();
      else if (open.length === 0) throw new Error('letters that are neither content nor an artifact');
    }
    if (open.length > 0) throw new Error(`${open.join()} is not closed`);
  }
  if (marked !== placed) throw new Error(`${marked} pieces of content, ${placed} in elements`);
  return document;
}
