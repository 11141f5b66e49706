/** The groups of each thing in a picture; the first is the one that is named and can have the focus. */
export function partsOf(svg: SVGElement): Map<string, SVGElement[]> {
  const parts = new Map<string, SVGElement[]>();
  for (const part of svg.querySelectorAll<SVGElement>('[data-id]')) {
    const id = part.dataset['id']!;
    const known = parts.get(id);
    if (!known) parts.set(id, [part]);
    else if (known[0]!.hasAttribute('aria-hidden')) known.unshift(part);
    else known.push(part);
  }
  return parts;
}

/** The id of the thing that an element of the picture belongs to. */
export function idOf(target: Element): string | undefined {
  return target.closest<SVGElement>('[data-id]')?.dataset['id'];
}

/** Of all things only one is a stop of Tab. */
export function setTabStop(parts: ReadonlyMap<string, readonly SVGElement[]>, current: string | undefined): void {
  for (const [id, all] of parts) {
    all.forEach((part, index) => {
      const tabIndex = index > 0 ? null : id === current ? '0' : '-1';
      if (part.getAttribute('tabindex') === tabIndex) return;
      if (tabIndex === null) part.removeAttribute('tabindex');
      else part.setAttribute('tabindex', tabIndex);
    });
  }
}
