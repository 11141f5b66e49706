/** A strict reader of XML without DTD: enough to tell whether an SVG is well-formed. Throws where it is not. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (XmlElement | string)[];
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['#39', "'"],
  ['#10', '\n'],
]);
const LEGAL = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
const ATTRIBUTE = /\s+([A-Za-z_][\w:.-]*)="([^"<]*)"/y;

export function parseXml(source: string): XmlElement {
  if (!LEGAL.test(source)) throw new Error('a character that XML does not allow');
  const root: XmlElement = { name: '#root', attributes: new Map(), children: [] };
  const open: XmlElement[] = [root];
  let at = 0;
  while (at < source.length) {
    const parent = open.at(-1)!;
    if (source[at] !== '<') {
      const end = source.indexOf('<', at);
      const text = source.slice(at, end === -1 ? source.length : end);
      if (text.includes(']]>')) throw new Error(']]> in text');
      parent.children.push(decode(text));
      at += text.length;
      continue;
    }
    const close = /<\/([A-Za-z][\w:.-]*)\s*>/y;
    close.lastIndex = at;
    const closed = close.exec(source);
    if (closed) {
      if (open.length < 2 || parent.name !== closed[1]) throw new Error(`</${closed[1]}> closes <${parent.name}>`);
      open.pop();
      at = close.lastIndex;
      continue;
    }
    at = openElement(source, at, open);
  }
  const elements = root.children.filter((child) => typeof child !== 'string');
  if (open.length !== 1 || elements.length !== 1 || root.children.length !== 1) throw new Error('not exactly one root element, closed');
  return elements[0]!;
}

function openElement(source: string, start: number, open: XmlElement[]): number {
  const begin = /<([A-Za-z][\w:.-]*)/y;
  begin.lastIndex = start;
  const begun = begin.exec(source);
  if (!begun) throw new Error(`no tag at ${source.slice(start, start + 40)}`);
  const attributes = new Map<string, string>();
  let at = begin.lastIndex;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const found = ATTRIBUTE.exec(source);
    if (!found) break;
    if (attributes.has(found[1]!)) throw new Error(`attribute ${found[1]} twice`);
    attributes.set(found[1]!, decode(found[2]!));
    at = ATTRIBUTE.lastIndex;
  }
  const end = /\s*(\/?)>/y;
  end.lastIndex = at;
  const ended = end.exec(source);
  if (!ended) throw new Error(`broken tag ${source.slice(start, at + 40)}`);
  const element: XmlElement = { name: begun[1]!, attributes, children: [] };
  open.at(-1)!.children.push(element);
  if (ended[1] === '') open.push(element);
  return end.lastIndex;
}

function decode(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? ENTITIES.get(name) : undefined;
    if (character === undefined) throw new Error(`entity ${whole}`);
    return character;
  });
}

export function allElements(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap((child) => (typeof child === 'string' ? [] : allElements(child)))];
}

export function textsOf(element: XmlElement): readonly string[] {
  return element.children.flatMap((child) => (typeof child === 'string' ? [child] : textsOf(child)));
}
