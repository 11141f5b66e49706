/** A short name for a text. It shows that something has changed; it is no protection against somebody who wants the same. */
export type Hash = readonly [high: number, low: number];

/** Two 32-bit FNV-1a hashes with different beginnings, the second mixed further so that they are not alike. */
export function hashText(text: string): Hash {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 13;
  }
  return [high >>> 0, low >>> 0];
}

/** 16 hexadecimal digits. */
export function hexOf(hash: Hash): string {
  return hash.map((part) => part.toString(16).padStart(8, '0')).join('');
}
