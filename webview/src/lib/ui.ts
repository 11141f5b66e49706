import { Button, provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox, vsCodeLink, Checkbox } from '@vscode/webview-ui-toolkit';

/**
 * The only module that knows the UI toolkit, so that its successor can take its place here. It must run with the first
 * script of the page: the toolkit takes the colours of the theme when the page has loaded, and not later.
 */
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeLink());

export type ButtonLook = 'primary' | 'secondary' | 'icon';

/** A button. With `icon`, the icon is shown and the label is its name and tooltip. */
export function createButton(label: string, onClick: () => void, look: ButtonLook = 'secondary', icon?: Node): HTMLElement {
  const button = new Button();
  button.setAttribute('appearance', look);
  if (icon) {
    button.append(icon);
    button.setAttribute('aria-label', label);
    button.title = label;
  } else {
    button.textContent = label;
  }
  button.addEventListener('click', onClick);
  return button;
}

/** A checkbox with whatever describes it as its label. */
export function createCheckbox(label: readonly (Node | string)[], checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const checkbox = new Checkbox();
  checkbox.checked = checked;
  checkbox.append(...label);
  checkbox.addEventListener('change', () => onChange(checkbox.checked));
  return checkbox;
}
