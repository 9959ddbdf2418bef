import type { ValueScale } from "../../../src/viewmodel/valueScale.js";
import { Rest } from "./rest.js";
import { openEntry } from "./valueEntry.js";

export interface ValueControlOptions {
  /** "Fader of Kick". */
  readonly label: () => string;
  readonly scale: ValueScale;
  /** The value as it is shown now. */
  readonly read: () => number;
  readonly canMove: () => boolean;
  /** While the hand moves: at most once a frame. */
  readonly preview: (value: number) => void;
  /** The hand has let go: one step for undo. */
  readonly commit: (value: number) => void;
  /** The hand has given up. */
  readonly cancel: () => void;
  /** Pixels from end to end. */
  readonly travel: () => number;
  readonly direction?: "up" | "right";
  /** What a typed value is written over; without it, the control itself. */
  readonly readout?: HTMLElement;
}

/** Steps of Page Up and Page Down. */
const PAGE = 6;
/** Pixels of the wheel for a step. */
const WHEEL_STEP = 50;
const FINE = 0.1;

/**
 * Lets an element be moved as a slider: by dragging (Shift: finely), wheel, keys, and typed values (Enter, or figures);
 * a double-click or Delete puts it back to its rest.
 */
export class ValueControl {
  readonly #element: HTMLElement;
  readonly #options: ValueControlOptions;
  /** Where the hand is; not yet committed. */
  #moved: number | undefined;
  /** The last value that was previewed. */
  #previewed: number | undefined;
  #isFrameUsed = false;
  readonly #rest = new Rest(() => this.#settle());
  #wheel = 0;
  #shown = "";

  constructor(element: HTMLElement, options: ValueControlOptions) {
    this.#element = element;
    this.#options = options;
    element.setAttribute("role", "slider");
    element.setAttribute("tabindex", "0");
    element.setAttribute("aria-orientation", options.direction === "right" ? "horizontal" : "vertical");
    element.setAttribute("aria-valuemin", String(options.scale.min));
    element.setAttribute("aria-valuemax", String(options.scale.max));
    element.addEventListener("pointerdown", (event) => this.#grab(event));
    element.addEventListener("wheel", (event) => this.#roll(event), { passive: false });
    element.addEventListener("keydown", (event) => this.#press(event));
    element.addEventListener("blur", () => this.#settle());
    element.addEventListener("dblclick", () => this.#commit(options.scale.rest));
    options.readout?.addEventListener("dblclick", () => this.type());
  }

  /** Says the value to people and to assistive technology. */
  show(): void {
    const { scale, label, read, canMove } = this.#options;
    const value = read();
    const text = scale.text(value);
    const key = `${label()}|${text}|${canMove()}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const element = this.#element;
    element.setAttribute("aria-label", label());
    element.setAttribute("aria-valuenow", String(Number.isFinite(value) ? value : scale.min));
    element.setAttribute("aria-valuetext", text);
    element.toggleAttribute("aria-disabled", !canMove());
    if (!canMove()) element.setAttribute("aria-disabled", "true");
    element.title = `${label()}: ${text}\nDouble-click for ${scale.text(scale.rest)}, Enter to type, Shift to move finely`;
  }

  /** Asks for a value. */
  type(first = ""): void {
    const { scale, label, read, canMove, readout } = this.#options;
    if (!canMove()) return;
    this.#settle();
    openEntry({
      over: readout ?? this.#element,
      back: this.#element,
      label: label(),
      text: first || scale.text(read()),
      isSelected: first === "",
      take: (text) => {
        const value = scale.parse(text);
        if (value === undefined) return `From ${scale.text(scale.min)} to ${scale.text(scale.max)}`;
        this.#commit(value);
        return undefined;
      },
    });
  }

  #grab(event: PointerEvent): void {
    const { scale, read, canMove, travel, direction, cancel } = this.#options;
    if (event.button !== 0 || !canMove()) return;
    this.#settle();
    const element = this.#element;
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    const along = (at: PointerEvent): number => (direction === "right" ? at.clientX : -at.clientY);
    let last = along(event);
    let position = scale.position(read());
    let hasMoved = false;
    const move = (at: PointerEvent): void => {
      const way = along(at) - last;
      last = along(at);
      if (way === 0) return;
      hasMoved = true;
      position = Math.min(1, Math.max(0, position + (way / travel()) * (at.shiftKey ? FINE : 1)));
      this.#preview(scale.round(scale.valueAt(position), at.shiftKey));
    };
    const end = new AbortController();
    const { signal } = end;
    element.classList.add("moving");
    signal.addEventListener("abort", () => element.classList.remove("moving"));
    const giveUp = (): void => {
      end.abort();
      this.#forget();
      if (hasMoved) cancel();
    };
    element.addEventListener("pointermove", move, { signal });
    element.addEventListener("pointercancel", giveUp, { signal });
    element.addEventListener("lostpointercapture", giveUp, { signal });
    element.addEventListener(
      "pointerup",
      () => {
        end.abort();
        this.#settle();
      },
      { signal },
    );
    element.addEventListener(
      "keydown",
      (key) => {
        if (key.key !== "Escape") return;
        key.stopPropagation();
        giveUp();
      },
      { signal },
    );
  }

  #roll(event: WheelEvent): void {
    const { scale, read, canMove } = this.#options;
    if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY) || !canMove()) return;
    event.preventDefault();
    event.stopPropagation();
    // With Shift, some systems roll sideways.
    this.#wheel -= event.deltaY / (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? WHEEL_STEP : 1);
    const steps = Math.trunc(this.#wheel);
    if (steps === 0) return;
    this.#wheel -= steps;
    const from = this.#moved ?? read();
    this.#previewForAWhile(scale.round(scale.step(from, steps, event.shiftKey), event.shiftKey));
  }

  #press(event: KeyboardEvent): void {
    const { scale, read, canMove, cancel } = this.#options;
    if (event.ctrlKey || event.metaKey || event.altKey || !canMove()) return;
    const { key, shiftKey } = event;
    const from = this.#moved ?? read();
    const steps = STEPS[key];
    if (steps !== undefined) this.#previewForAWhile(scale.round(scale.step(from, steps, shiftKey), shiftKey));
    else if (key === "Home") this.#previewForAWhile(scale.round(scale.valueAt(0), false));
    else if (key === "End") this.#previewForAWhile(scale.round(scale.valueAt(1), false));
    else if (key === "Delete" || key === "Backspace") this.#commit(scale.rest);
    else if (key === "Enter") this.type();
    else if (/^[-\d.,]$/.test(key)) this.type(key);
    else if (key === "Escape" && this.#moved !== undefined) {
      this.#forget();
      cancel();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #preview(value: number): void {
    this.#moved = value;
    if (this.#isFrameUsed || value === this.#previewed) return;
    this.#previewed = value;
    this.#isFrameUsed = true;
    this.#options.preview(value);
    requestAnimationFrame(() => {
      this.#isFrameUsed = false;
      if (this.#moved !== undefined) this.#preview(this.#moved);
    });
  }

  #previewForAWhile(value: number): void {
    this.#preview(value);
    this.#rest.stir();
  }

  /** Commits what was moved, if anything was. */
  #settle(): void {
    const value = this.#moved;
    this.#forget();
    if (value !== undefined) this.#options.commit(value);
  }

  #commit(value: number): void {
    if (!this.#options.canMove()) return;
    this.#forget();
    this.#options.commit(value);
  }

  #forget(): void {
    this.#rest.forget();
    this.#moved = this.#previewed = undefined;
  }
}

const STEPS: Readonly<Record<string, number>> = {
  ...{ ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: PAGE, PageDown: -PAGE },
};
