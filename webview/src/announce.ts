/** Says something to those who listen to the page, without taking the focus. */
export class Announcer {
  readonly element: HTMLElement;

  constructor(element: HTMLElement) {
    this.element = element;
  }

  say(text: string): void {
    // The same words again are a change only when they differ.
    this.element.textContent = this.element.textContent === text ? `${text}\u00a0` : text;
  }
}
