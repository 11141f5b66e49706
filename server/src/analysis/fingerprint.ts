/**
 * A short name for a finding that survives reformatting, reordering and unrelated edits: 64-bit FNV-1a, in hex, of its
 * parts. Two 32-bit halves, so that it needs no BigInt on the hot path.
 */
export function fingerprint(parts: readonly string[]): string {
  const text = parts.join('\u0000');
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let at = 0; at < text.length; at++) {
    low = (low ^ text.charCodeAt(at)) >>> 0;
    // × 0x100000001b3, kept to 64 bits.
    const product = low * 0x1b3;
    const carry = Math.floor(product / 0x100000000);
    high = (Math.imul(high, 0x1b3) + (low << 8) + carry) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
