import { isAside } from '../model/system.ts';
import { pathFault } from '../model/usePath.ts';
import type { TextEdit } from '../syntax/textEdit.ts';
import { absolute, type ScalarNode } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The edits of `use:` that are due when files move, so that every path leads where it led. `before` and `after`: where this
 * file is and will be; `moved` says where another one will be. Places are absolute, with forward slashes and without escapes.
 */
export function movedUses({ syntax, text }: Snapshot, before: string, after: string, moved: (file: string) => string): readonly TextEdit[] {
  const entries = syntax.sections.filter(({ pair }) => pair.key.text === 'use').flatMap(({ items }) => items ?? []);
  return entries.flatMap((entry) => {
    const { value } = entry.pair;
    if (isAside(entry) || value?.type !== 'scalar' || pathFault(value.text)) return [];
    const target = resolvePath(before, value.text);
    const path = target && relativePath(after, moved(target));
    if (path === undefined || resolvePath(after, value.text) === resolvePath(after, path)) return [];
    const span = absolute(entry.base, value);
    // What an alias says is written elsewhere.
    return text.charAt(span.start) === '*' ? [] : [{ span, text: written(path, value) }];
  });
}

/** Where a relative path leads that is written in the file `from`; `undefined` when it leads out of everything. */
function resolvePath(from: string, path: string): string | undefined {
  const names = from.split('/').slice(0, -1);
  for (const name of path.split('/')) {
    if (name === '..' && names.pop() === undefined) return undefined;
    if (name !== '..' && name !== '.' && name !== '') names.push(name);
  }
  return names.join('/');
}

function relativePath(from: string, to: string): string {
  const [here, there] = [from.split('/').slice(0, -1), to.split('/')];
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++;
  const up = here.length - same;
  return [...(up === 0 ? ['.'] : Array<string>(up).fill('..')), ...there.slice(same)].join('/');
}

/** In the quotes that are there; without, only if YAML takes it for a text as it is. */
function written(path: string, { style }: ScalarNode): string {
  if (style === 'double') return JSON.stringify(path);
  const plain = style === 'plain' && !/: |:$| #|[,[\]{}]/.test(path);
  return plain ? path : `'${path.replaceAll("'", "''")}'`;
}
