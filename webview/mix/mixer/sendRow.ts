import { LEVEL_SCALE } from "../../../src/viewmodel/valueScale.js";
import { BarSlider } from "../../shared/controls/barSlider.js";
import { element } from "../../shared/element.js";
import { openMenu } from "../../shared/menu.js";
import { setName } from "../../shared/toolButton.js";
import type { MixModel } from "../mixModel.js";
import { mixValue, setValue } from "../mixValue.js";
import { automationMoves, withoutEntry } from "./automationMoves.js";
import type { Channel, Send } from "./channel.js";
import { possibleTargets, targetName } from "./channelRoutes.js";

/** A send in a strip: its level as a bar with the target's name on it, and where it is taken. */
export class SendRow {
  readonly element: HTMLElement;
  readonly #model: MixModel;
  readonly #current: () => Channel;
  readonly #index: number;
  readonly #tap = element("button", { type: "button", class: "send-tap" });
  readonly #bar: BarSlider;

  constructor(model: MixModel, current: () => Channel, index: number) {
    this.#model = model;
    this.#current = current;
    this.#index = index;
    const label = (): string => `Send to ${this.#target} of ${current().name}`;
    const value = mixValue(model, () => [...this.#path, "level"], label);
    this.#bar = new BarSlider({ ...value, label, scale: LEVEL_SCALE });
    this.#tap.addEventListener("click", () => this.#toggleTap());
    this.element = element("li", { class: "send" }, this.#bar.element, this.#tap);
    this.element.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#openMenu({ x: event.clientX, y: event.clientY });
    });
  }

  show(): void {
    const send = this.#send;
    if (!send) return;
    this.#bar.show(this.#target);
    const { tap } = send;
    this.#tap.textContent = tap;
    setName(
      this.#tap,
      `${tap} fader: the send to ${this.#target} of ${this.#current().name}; press to change`,
    );
    this.element.classList.toggle("muted", send.mute);
  }

  get #path() {
    return [...this.#current().path, "sends", this.#index];
  }

  get #send(): Send | undefined {
    const channel = this.#current();
    return channel.kind === "track" || channel.kind === "bus"
      ? channel.content.sends[this.#index]
      : undefined;
  }

  get #target(): string {
    const { mix } = this.#model;
    return mix && this.#send ? targetName(mix, this.#send.to) : "";
  }

  #toggleTap(): void {
    const label = `Send to ${this.#target} of ${this.#current().name}`;
    setValue(this.#model, label, [...this.#path, "tap"], this.#send?.tap === "pre" ? "post" : "pre");
  }

  #openMenu(at: { x: number; y: number }): void {
    const send = this.#send;
    const channel = this.#current();
    const model = this.#model;
    if (!send || !model.mix || (channel.kind !== "track" && channel.kind !== "bus")) return;
    const isEnabled = model.canEdit;
    const label = `Send to ${this.#target} of ${channel.name}`;
    const targets = possibleTargets(model.mix, channel.id);
    openMenu(
      [
        { label: "Before the fader", isChecked: send.tap === "pre", isEnabled, run: () => this.#toggleTap() },
        {
          ...{ label: "Mute", isChecked: send.mute, isEnabled },
          run: () => setValue(model, label, [...this.#path, "mute"], !send.mute),
        },
        null,
        ...targets.map(({ id, name }) => ({
          ...{ label: `To ${name ?? id}`, isChecked: send.to === id, isEnabled },
          run: () => setValue(model, label, [...this.#path, "to"], id),
        })),
        null,
        {
          ...{ label: "Remove", isEnabled, icon: "delete" as const },
          run: () =>
            void model.commit(`Remove: ${label}`, [
              { type: "set", path: this.#path, value: undefined },
              ...automationMoves(
                channel.path,
                channel.content.automation,
                "sends",
                withoutEntry(this.#index),
              ),
            ]),
        },
      ],
      at,
      label,
    );
  }
}
