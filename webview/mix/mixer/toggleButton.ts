import { element } from "../../shared/element.js";
import { setName } from "../../shared/toolButton.js";

/** A letter that is on or off. */
export class ToggleButton {
  readonly element: HTMLButtonElement;

  /** @param kind class that gives it its colour when it is on */
  constructor(letter: string, kind: string, onPress: (event: MouseEvent) => void) {
    this.element = element("button", { type: "button", class: `strip-toggle ${kind}` }, letter);
    this.element.addEventListener("click", onPress);
  }

  show(name: string, isOn: boolean, isEnabled: boolean): void {
    setName(this.element, name);
    this.element.setAttribute("aria-pressed", String(isOn));
    this.element.toggleAttribute("aria-disabled", !isEnabled);
    if (!isEnabled) this.element.setAttribute("aria-disabled", "true");
  }
}
