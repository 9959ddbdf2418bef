type Child = Node | string;

/** Builds an element. Attributes that are `undefined` or `false` are left out; `true` sets them empty. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes?: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
export function element(tag: string, attributes?: Attributes, ...children: readonly Child[]): HTMLElement;
export function element(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElement {
  const built = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    built.setAttribute(name, value === true ? "" : String(value));
  }
  built.append(...children);
  return built;
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A button that looks like a link: for places in documents and files. */
export function linkButton(label: string, onPress: () => void): HTMLButtonElement {
  const control = element("button", { type: "button", class: "link" }, label);
  control.addEventListener("click", onPress);
  return control;
}

/** Text for screen readers only. */
export function spoken(text: string): HTMLElement {
  return element("span", { class: "spoken" }, text);
}
