const KEPT_LINES = 40;
const LONGEST_LINE = 300;

/** A Markdown text for an issue: facts, and the last lines of the log without what names files, people or models. */
export function bugReport(facts: readonly (readonly [name: string, value: string])[], log: readonly string[]): string {
  const lines = log.flatMap((entry) => entry.split(/\r?\n/)).slice(-KEPT_LINES);
  return [
    ...facts.map(([name, value]) => `- ${name}: ${value}`),
    '',
    '```text',
    ...(lines.length === 0 ? ['(the log is empty)'] : lines.map(redact)),
    '```',
    '',
  ].join('\n');
}

/** A line of the log without paths, addresses and quoted texts: quotes are where words of a model stand. */
export function redact(line: string): string {
  return line
    .slice(0, LONGEST_LINE)
    .replaceAll('```', "'''")
    .replace(/[\w+.-]+@[\w-]+(\.[\w-]+)+/g, '<address>')
    .replace(/"[^"]*("|$)/g, '"…"')
    .replace(/[a-z][a-z0-9+.-]{2,}:\/\/[^\s)'"]*?([^/\s)'"]*\.(?:cjs|js|mjs|ts)(?::\d+)*)(?=[\s)'"]|$)/gi, '<path>/$1')
    .replace(/[a-z][a-z0-9+.-]{2,}:\/\/[^\s)'"<]+/gi, '<uri>')
    .replace(/(?:[A-Za-z]:)?(?:[\\/][^\s\\/:()'"<>]+)+[\\/]([^\s\\/:()'"<>]+\.(?:cjs|js|mjs|ts))/g, '<path>/$1')
    .replace(/(?<![<\w])(?:[A-Za-z]:)?(?:[\\/][^\s\\/:()'"<>]+){2,}/g, '<path>');
}
