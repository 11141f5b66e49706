/** Where a block scalar's last written character ends; its header's end when it is empty. Both readers use it. */
export function blockScalarEnd(text: string, header: number, start: number, end: number): number {
  let last = end;
  while (last > start && ' \t\r\n'.includes(text.charAt(last - 1))) last--;
  if (last > start) return last;
  let headerEnd = header + 1;
  while ('-+0123456789'.includes(text.charAt(headerEnd)) && headerEnd < text.length) headerEnd++;
  return headerEnd;
}
