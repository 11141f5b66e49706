import { el, holdsFocus } from './dom.ts';

export interface Question {
  readonly label: string;
  readonly value: string;
  readonly x: number;
  readonly y: number;
  answer(text: string): void;
}

/** Asks for one line of text at a point of the page. Enter answers, Escape or a click elsewhere does not. */
export function ask({ label, value, x, y, answer }: Question): void {
  const before = document.activeElement;
  const input = el('input', { class: 'prompt-input', type: 'text', 'aria-label': label, maxlength: '200' });
  input.value = value;
  const box = el('form', { class: 'prompt', role: 'dialog', 'aria-label': label }, el('span', { class: 'quiet' }, label), input);
  const close = (): void => {
    if (!box.isConnected) return;
    const focused = holdsFocus(box);
    box.remove();
    if (focused && (before instanceof HTMLElement || before instanceof SVGElement)) before.focus({ preventScroll: true });
  };
  box.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    close();
    if (text !== '' && text !== value) answer(text);
  });
  box.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
  });
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !box.contains(relatedTarget)) setTimeout(close);
  });
  document.body.append(box);
  const { width, height } = box.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  box.style.left = `${Math.max(4, Math.min(x, clientWidth - width - 4))}px`;
  box.style.top = `${Math.max(4, Math.min(y, clientHeight - height - 4))}px`;
  input.focus();
  input.select();
}
