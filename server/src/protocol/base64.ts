/** Many bytes at a time, but not more than a call takes as arguments. */
const BYTES = 0x8000;

/** Bytes as they are sent in a message: what runs in a browser, too, has nothing else for it. */
export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES) parts.push(String.fromCharCode(...bytes.subarray(at, at + BYTES)));
  return btoa(parts.join(''));
}
