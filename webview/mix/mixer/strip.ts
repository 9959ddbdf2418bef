import { element } from "../../shared/element.js";
import type { MeterColors } from "../../shared/meters/meterColors.js";
import { isSamePlace, KIND_NAMES, type Channel } from "./channel.js";
import type { Desk } from "./desk.js";
import { insertSlots } from "./insertSlots.js";
import { nameplate } from "./nameplate.js";
import { outputButton } from "./outputButton.js";
import { sendList } from "./sendList.js";
import { stripFader } from "./stripFader.js";
import { stripKnobs } from "./stripKnobs.js";
import { openStripMenu } from "./stripMenu.js";
import { stripToggles } from "./stripToggles.js";

/** The strip of a channel. It serves another one when the mixer has scrolled on. */
export class Strip {
  readonly element = element("div", { class: "strip", role: "group" });
  readonly #desk: Desk;
  #channel: Channel;
  #shown: Channel["content"] | undefined;
  #shownKey = "";
  readonly #name;
  readonly #fader;
  readonly #slots;
  readonly #parts;

  constructor(desk: Desk, channel: Channel) {
    const { model, bank } = desk;
    this.#desk = desk;
    this.#channel = channel;
    const current = (): Channel => this.#channel;
    this.#name = nameplate(model, current);
    this.#fader = stripFader(model, bank, current);
    this.#slots = insertSlots(desk, current);
    const upper = [this.#slots, sendList(model, current)];
    const output = outputButton(model, current);
    const knobs = stripKnobs(model, current);
    const toggles = stripToggles(model, current);
    const lower = [output, knobs, toggles, this.#fader, this.#name];
    this.#parts = [...upper, ...lower];
    this.element.append(
      element("div", { class: "strip-upper" }, ...upper.map((part) => part.element)),
      ...lower.map((part) => part.element),
    );
    this.element.addEventListener("focusin", () => this.#select());
    this.element.addEventListener("pointerdown", () => this.#select());
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "F2") return;
      event.preventDefault();
      event.stopPropagation();
      this.#name.rename();
    });
    this.element.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      openStripMenu(desk, this.#channel, { x: event.clientX, y: event.clientY }, this.#name.rename);
    });
    this.show(channel);
  }

  get channel(): Channel {
    return this.#channel;
  }

  /** @param isForced also what has not changed: the rights to edit, the theme */
  show(channel: Channel, isForced = false): void {
    const isOther = channel.key !== this.#shownKey;
    this.#channel = channel;
    if (!isOther && !isForced && channel.content === this.#shown) return;
    this.#shown = channel.content;
    this.#shownKey = channel.key;
    const { kind, name, content } = channel;
    this.element.setAttribute("aria-label", kind === "master" ? name : `${name}, ${KIND_NAMES[kind]}`);
    this.element.dataset["kind"] = kind;
    const color = "color" in content ? content.color : undefined;
    this.element.style.setProperty("--channel", color ?? "var(--line)");
    for (const part of this.#parts) part.show(channel);
  }

  showSelected(): void {
    const { channel } = this.#desk.model.selection;
    this.element.classList.toggle("selected", isSamePlace(channel, this.#channel.place));
  }

  paint(colors: MeterColors): void {
    this.#fader.paint(colors);
    this.#slots.paint();
  }

  get hasFocus(): boolean {
    return this.element.contains(document.activeElement);
  }

  focus(): void {
    this.#name.element.focus();
  }

  /** Gives the focus to the control that has it in another strip, or to the name. */
  focusLike(other: Strip): void {
    const place = controlsOf(other.element).findIndex((control) => control === document.activeElement);
    const same = controlsOf(this.element).find(
      (control) => nameWithout(control, this) === nameWithout(document.activeElement, other),
    );
    (same ?? controlsOf(this.element)[place] ?? this.#name.element).focus();
  }

  #select(): void {
    const { model } = this.#desk;
    if (!isSamePlace(model.selection.channel, this.#channel.place))
      model.select({ channel: this.#channel.place });
  }
}

const controlsOf = (strip: HTMLElement): HTMLElement[] =>
  [...strip.querySelectorAll<HTMLElement>("button, [tabindex='0']")].filter(
    (control) => control.offsetParent !== null,
  );

/** "Fader of Kick" to "Fader of ". */
const nameWithout = (control: Element | null, { channel }: Strip): string =>
  control?.getAttribute("aria-label")?.replaceAll(channel.name, "") ?? control?.className ?? "";
