/**
 * How well a text answers a search, 0 being best; `undefined` when it does not: the characters of the query, whatever their
 * case, must be in it in their order. A text that begins with the query is best, then one with a word that does.
 */
export function rankOf(text: string, query: string): number | undefined {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const lower = text.toLowerCase();
  const whole = lower.indexOf(wanted);
  if (whole === 0) return 0;
  if (whole > 0) return /[a-z0-9]/.test(lower.charAt(whole - 1)) ? 2 : 1;
  let at = -1;
  for (const char of wanted) {
    at = lower.indexOf(char, at + 1);
    if (at < 0) return undefined;
  }
  return 3;
}
