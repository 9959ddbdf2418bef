import type { ReductionBallistics } from "../../../src/viewmodel/reductionBallistics.js";
import { element } from "../../shared/element.js";
import { icon } from "../../shared/icons.js";
import { setName } from "../../shared/toolButton.js";
import type { Channel, Insert } from "./channel.js";
import { insertName } from "./insertNames.js";

export interface InsertSlotActions {
  readonly open: () => void;
  readonly toggleBypass: () => void;
  readonly openMenu: (at: { x: number; y: number }) => void;
  /** @returns whether the key means something here */
  readonly press: (event: KeyboardEvent) => boolean;
}

/** An insert in a strip: on or bypassed, its name, and how much it turns the sound down. */
export class InsertSlot {
  readonly element: HTMLElement;
  readonly name: HTMLButtonElement;
  readonly #power = element("button", { type: "button", class: "slot-power" }, icon("power"));
  readonly #label = element("span", { class: "slot-label" });
  readonly #reduction = element("span", { class: "slot-reduction", "aria-hidden": "true" });

  constructor(actions: InsertSlotActions) {
    this.name = element("button", { type: "button", class: "slot-name" }, this.#label, this.#reduction);
    this.element = element("li", { class: "slot" }, this.#power, this.name);
    this.#power.addEventListener("click", actions.toggleBypass);
    this.name.addEventListener("click", actions.open);
    this.element.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      event.stopPropagation();
      actions.openMenu({ x: event.clientX, y: event.clientY });
    });
    this.name.addEventListener("keydown", (event) => {
      if (!actions.press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  show(insert: Insert, index: number, channel: Channel, isOpen: boolean, isCompared: boolean): void {
    const name = insertName(insert);
    this.#label.textContent = name;
    const compared = isCompared ? ", left out at equal loudness" : "";
    setName(this.name, `${name}, insert ${index + 1} of ${channel.name}${compared}`);
    this.name.setAttribute("aria-expanded", String(isOpen));
    setName(this.#power, `${insert.bypass ? "Switch on" : "Bypass"} ${name} of ${channel.name}`);
    this.#power.setAttribute("aria-pressed", String(!insert.bypass));
    this.element.classList.toggle("bypassed", insert.bypass);
    this.element.classList.toggle("compared", isCompared);
    this.element.classList.toggle("open", isOpen);
  }

  paint(reduction: ReductionBallistics | undefined): void {
    const held = reduction?.held ?? 0;
    const text = held < 0 ? held.toFixed(1) : "";
    if (this.#reduction.textContent === text) return;
    this.#reduction.textContent = text;
    this.#reduction.title = text === "" ? "" : `Gain reduction ${text} dB`;
  }
}
