import {
  Button,
  Checkbox,
  Dropdown,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';

/**
 * The only module that knows the UI toolkit, so that its successor can take its place here. It must run with the first
 * script of the page: the toolkit takes the colours of the theme when the page has loaded, and not later.
 */
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption());

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

/** A choice of one of some values, each with its label. */
export function createDropdown<Value extends string>(
  label: string,
  values: readonly (readonly [Value, string])[],
  chosen: Value,
  onChange: (value: Value) => void,
): HTMLElement {
  const dropdown = new Dropdown();
  dropdown.setAttribute('aria-label', label);
  for (const [value, text] of values) {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', value);
    option.textContent = text;
    if (value === chosen) option.setAttribute('selected', '');
    dropdown.append(option);
  }
  dropdown.addEventListener('change', () => {
    const value = values[dropdown.selectedIndex]?.[0];
    if (value !== undefined) onChange(value);
  });
  return dropdown;
}
