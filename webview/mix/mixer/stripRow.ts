import { revealStrip, stripWindow } from "../../../src/viewmodel/stripWindow.js";
import { element } from "../../shared/element.js";
import type { MeterColors } from "../../shared/meters/meterColors.js";
import type { Channel } from "./channel.js";
import type { Desk } from "./desk.js";
import { Strip } from "./strip.js";

/** From strip to strip, CSS pixels; as in mixer.css. */
const STEP = { wide: 100, narrow: 62 } as const;

/** Strips side by side; only those in sight are there. */
export class StripRow {
  readonly element = element("div", { class: "strip-row", role: "group", "aria-label": "Channels" });
  readonly #space = element("div", { class: "strip-space" });
  readonly #desk: Desk;
  #channels: readonly Channel[] = [];
  #strips = new Map<string, Strip>();
  #isWide = true;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.element.append(this.#space);
    this.element.addEventListener("scroll", () => this.#layOut());
    new ResizeObserver(() => this.#layOut()).observe(this.element);
  }

  get isWide(): boolean {
    return this.#isWide;
  }

  get strips(): Iterable<Strip> {
    return this.#strips.values();
  }

  setWide(isWide: boolean): void {
    const left = this.element.scrollLeft / this.#step;
    this.#isWide = isWide;
    this.#layOut(true);
    this.element.scrollLeft = left * this.#step;
  }

  /** @param isForced also what has not changed */
  show(channels: readonly Channel[], isForced: boolean): void {
    this.#channels = channels;
    this.#layOut(isForced);
  }

  paint(colors: MeterColors): void {
    for (const strip of this.#strips.values()) strip.paint(colors);
  }

  /** Scrolls a channel into sight. @returns its strip; `undefined` if there is no such channel */
  reveal(key: string): Strip | undefined {
    const index = this.#channels.findIndex((channel) => channel.key === key);
    if (index < 0) return undefined;
    const { scrollLeft, clientWidth } = this.element;
    this.element.scrollLeft = revealStrip(index, scrollLeft, clientWidth, this.#step);
    this.#layOut();
    return this.#strips.get(key);
  }

  last(): Strip | undefined {
    const channel = this.#channels.at(-1);
    return channel && this.reveal(channel.key);
  }

  /** The strip beside another one. */
  beside(strip: Strip, by: -1 | 1): Strip | undefined {
    const index = this.#channels.findIndex(({ key }) => key === strip.channel.key);
    const next = this.#channels[index + by];
    return index < 0 || !next ? undefined : this.reveal(next.key);
  }

  get #step(): number {
    return this.#isWide ? STEP.wide : STEP.narrow;
  }

  #layOut(isForced = false): void {
    const step = this.#step;
    const { scrollLeft, clientWidth } = this.element;
    const { first, end } = stripWindow(scrollLeft, clientWidth, step, this.#channels.length);
    const wanted = this.#channels.slice(first, end);
    const focused = [...this.#strips.values()].find((strip) =>
      strip.element.contains(document.activeElement),
    );
    const kept = this.#channels.find((channel) => channel.key === focused?.channel.key);
    if (kept && !wanted.includes(kept)) wanted.push(kept);
    const free = this.#release(new Set(wanted.map(({ key }) => key)));
    this.#space.style.width = `${this.#channels.length * step}px`;
    const order = [...wanted].sort((a, b) => this.#channels.indexOf(a) - this.#channels.indexOf(b));
    const active = document.activeElement;
    order.forEach((channel, place) => {
      const strip = this.#stripFor(channel, free);
      strip.show(channel, isForced);
      strip.showSelected();
      strip.element.style.left = `${this.#channels.indexOf(channel) * step}px`;
      const there = this.#space.children[place];
      if (there !== strip.element) this.#space.insertBefore(strip.element, there ?? null);
    });
    for (const rest of free) rest.element.remove();
    // What is moved within the page loses the focus.
    if (focused && active instanceof HTMLElement && document.activeElement !== active && active.isConnected)
      active.focus({ preventScroll: true });
  }

  /** Strips whose channels are out of sight can serve others. */
  #release(keys: ReadonlySet<string>): Strip[] {
    const free: Strip[] = [];
    for (const [key, strip] of this.#strips) {
      if (keys.has(key)) continue;
      this.#strips.delete(key);
      free.push(strip);
    }
    return free;
  }

  #stripFor(channel: Channel, free: Strip[]): Strip {
    const known = this.#strips.get(channel.key);
    if (known) return known;
    const strip = free.pop() ?? new Strip(this.#desk, channel);
    this.#strips.set(channel.key, strip);
    return strip;
  }
}
