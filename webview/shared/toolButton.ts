import { element } from "./element.js";
import { icon, type IconName } from "./icons.js";
import "./tools.css";

/** A button that shows a sign. */
export function toolButton(sign: IconName, name: string, onPress: () => void): HTMLButtonElement {
  const control = element("button", { type: "button", class: "tool" }, icon(sign));
  setName(control, name);
  control.addEventListener("click", onPress);
  return control;
}

export function setName(control: HTMLElement, name: string): void {
  if (control.title === name) return;
  control.title = name;
  control.setAttribute("aria-label", name);
}

/** Stays reachable by the keyboard while it is of no use. */
export function setEnabled(control: HTMLElement, isEnabled: boolean): void {
  if (isEnabled) control.removeAttribute("aria-disabled");
  else control.setAttribute("aria-disabled", "true");
}

/** Tools that belong together. */
export function toolGroup(label: string, ...children: readonly HTMLElement[]): HTMLElement {
  return element("div", { class: "group", role: "group", "aria-label": label }, ...children);
}
