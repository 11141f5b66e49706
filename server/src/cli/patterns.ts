/** Whether a path is a pattern: `*` and `?` stand for any characters of a name, `**` for any folders. */
export function isPattern(given: string): boolean {
  return /[*?]/.test(given);
}

/** Where the search for a pattern begins, and which paths below that fit. All with forward slashes. */
export function readPattern(pattern: string): { readonly root: string; readonly fits: (below: string) => boolean } {
  const parts = pattern.split('/');
  const first = parts.findIndex(isPattern);
  const root = parts.slice(0, first).join('/');
  const expression = parts
    .slice(first)
    .filter((part, at, all) => part !== '**' || all[at - 1] !== '**')
    .map((part, at, all) => partExpression(part, at === all.length - 1))
    .join('');
  const fits = new RegExp(`^${expression}$`, 'u');
  return { root: root === '' ? (pattern.startsWith('/') ? '/' : '.') : root, fits: (below) => fits.test(below) };
}

function partExpression(part: string, isLast: boolean): string {
  if (part === '**') return isLast ? '.*' : '(?:[^/]+/)*';
  const name = part
    .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
    // Several stars are one: two quantifiers side by side would try every way to share a long name.
    .replace(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
  return isLast ? name : `${name}/`;
}
