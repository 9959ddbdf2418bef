import { gainToY, hertzToX, xToHertz, yToGain, type EqGraph } from "../../../src/viewmodel/eqGraph.js";
import { hasGain, hasQuality, type EqBand } from "../../../src/units/eqResponse.js";
import { frequencyText } from "../../../src/viewmodel/frequencyTicks.js";
import { levelText } from "../../../src/viewmodel/valueScale.js";
import { Rest } from "../../shared/controls/rest.js";
import { element } from "../../shared/element.js";

/** Values of a band that a hand moves. */
export type BandMove = Partial<Pick<EqBand, "frequency" | "gain" | "q">>;

export interface EqHandleActions {
  readonly band: () => EqBand | undefined;
  readonly graph: () => EqGraph;
  readonly canMove: () => boolean;
  readonly preview: (move: BandMove) => void;
  readonly commit: (move: BandMove) => void;
  readonly cancel: () => void;
  readonly select: () => void;
  readonly remove: () => void;
  readonly openMenu: (at: { x: number; y: number }) => void;
}

/** Factor of the quality for a step of the wheel, and for a pixel of a drag with Alt. */
const QUALITY_STEP = 2 ** (1 / 6);
const QUALITY_PIXEL = 1.012;
const QUALITY = { min: 0.1, max: 30 } as const;
/** A step of the keys: a twelfth of an octave, finely a forty-eighth. */
const STEPS_PER_OCTAVE = 12;
const FREQUENCY = { min: 20, max: 20000 } as const;

/** The handle of a band: dragging moves frequency and gain; the wheel, or Alt and dragging, the quality. */
export class EqHandle {
  readonly element = element("button", { type: "button", class: "eq-handle", role: "slider" });
  readonly #actions: EqHandleActions;
  readonly #rest: Rest;
  /** Not yet committed. */
  #move: BandMove = {};

  constructor(actions: EqHandleActions) {
    this.#actions = actions;
    this.#rest = new Rest(() => this.#commit());
    const { element: handle } = this;
    handle.addEventListener("focus", actions.select);
    handle.addEventListener("blur", () => this.#rest.settle());
    handle.addEventListener("pointerdown", (event) => this.#grab(event));
    handle.addEventListener("keydown", (event) => this.#press(event));
    handle.addEventListener("dblclick", (event) => event.stopPropagation());
    handle.addEventListener(
      "wheel",
      (event) => {
        if (event.ctrlKey || !actions.canMove()) return;
        event.preventDefault();
        event.stopPropagation();
        this.#turn(QUALITY_STEP ** -Math.sign(event.deltaY));
      },
      { passive: false },
    );
    handle.addEventListener("contextmenu", (event) => {
      event.preventDefault();
      event.stopPropagation();
      actions.openMenu({ x: event.clientX, y: event.clientY });
    });
  }

  /** @param name "Band 2 of EQ of Kick" */
  show(name: string, number: number, isSelected: boolean): void {
    const band = this.#actions.band();
    if (!band) return;
    const graph = this.#actions.graph();
    const handle = this.element;
    handle.textContent = String(number);
    handle.style.left = `${Math.min(graph.width, Math.max(0, hertzToX(graph, band.frequency)))}px`;
    const y = gainToY(graph, hasGain(band) ? band.gain : 0);
    handle.style.top = `${Math.min(graph.height, Math.max(0, y))}px`;
    handle.classList.toggle("selected", isSelected);
    const text = bandText(band);
    handle.setAttribute("aria-label", `${name}, ${band.type}`);
    handle.setAttribute("aria-valuemin", String(FREQUENCY.min));
    handle.setAttribute("aria-valuemax", String(FREQUENCY.max));
    handle.setAttribute("aria-valuenow", String(Math.round(band.frequency)));
    handle.setAttribute("aria-valuetext", text);
    handle.title = `${name}: ${text}\nDrag; wheel or Alt+drag for Q; Delete removes it`;
  }

  #grab(event: PointerEvent): void {
    const { band, graph, canMove, select, cancel } = this.#actions;
    const from = band();
    if (event.button !== 0 || !from) return;
    this.#rest.settle();
    select();
    this.element.focus({ preventScroll: true });
    if (!canMove()) return;
    this.element.setPointerCapture(event.pointerId);
    const end = new AbortController();
    const { signal } = end;
    const size = graph();
    let last = event;
    let [x, y] = [hertzToX(size, from.frequency), gainToY(size, from.gain)];
    const move = (at: PointerEvent): void => {
      const pace = at.shiftKey ? 0.1 : 1;
      const [right, down] = [(at.clientX - last.clientX) * pace, (at.clientY - last.clientY) * pace];
      last = at;
      const now = band();
      if (!now || (right === 0 && down === 0)) return;
      if (at.altKey || (!hasGain(now) && hasQuality(now) && Math.abs(down) > Math.abs(right))) {
        this.#preview({ q: quality(now.q * QUALITY_PIXEL ** -down) });
        return;
      }
      x += right;
      y += down;
      this.#preview({
        frequency: xToHertz(size, x),
        ...(hasGain(now) ? { gain: Number(yToGain(size, y).toFixed(1)) + 0 } : {}),
      });
    };
    this.element.addEventListener("pointermove", move, { signal });
    const giveUp = (): void => {
      end.abort();
      this.#move = {};
      cancel();
    };
    this.element.addEventListener("lostpointercapture", giveUp, { signal });
    this.element.addEventListener(
      "pointerup",
      () => {
        end.abort();
        this.#commit();
      },
      { signal },
    );
    this.element.addEventListener(
      "keydown",
      (key) => {
        if (key.key === "Escape") giveUp();
      },
      { signal },
    );
  }

  #press(event: KeyboardEvent): void {
    const { band, canMove, remove, openMenu } = this.#actions;
    const now = band();
    if (!now || event.ctrlKey || event.metaKey || event.altKey || !canMove()) return;
    const fine = event.shiftKey ? 4 : 1;
    const octaves = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const decibels = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const turns = { PageUp: 1, PageDown: -1 }[event.key];
    if (octaves !== undefined) {
      const hertz = now.frequency * 2 ** (octaves / (STEPS_PER_OCTAVE * fine));
      const frequency = Math.min(FREQUENCY.max, Math.max(FREQUENCY.min, Number(hertz.toPrecision(4))));
      this.#preview({ frequency });
      this.#rest.stir();
    } else if (decibels !== undefined && hasGain(now)) {
      const gain = now.gain + decibels * (event.shiftKey ? 0.1 : 0.5);
      this.#preview({ gain: Math.min(24, Math.max(-24, Number(gain.toFixed(1)) + 0)) });
      this.#rest.stir();
    } else if (turns !== undefined) this.#turn(QUALITY_STEP ** turns);
    else if (event.key === "Delete" || event.key === "Backspace") remove();
    else if (event.key === "Enter") {
      const { left, bottom } = this.element.getBoundingClientRect();
      openMenu({ x: left, y: bottom });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #turn(factor: number): void {
    const now = this.#actions.band();
    if (!now || !hasQuality(now)) return;
    this.#preview({ q: quality(now.q * factor) });
    this.#rest.stir();
  }

  #preview(move: BandMove): void {
    this.#move = { ...this.#move, ...move };
    this.#actions.preview(move);
  }

  #commit(): void {
    const move = this.#move;
    this.#rest.forget();
    this.#move = {};
    if (Object.keys(move).length > 0) this.#actions.commit(move);
  }
}

const quality = (q: number): number => Number(Math.min(QUALITY.max, Math.max(QUALITY.min, q)).toFixed(2));

/** "350.0 Hz, -4.0 dB, Q 1.40"; "40.0 Hz, 24 dB per octave". */
export function bandText(band: EqBand): string {
  const parts = [frequencyText(band.frequency)];
  if (hasGain(band)) parts.push(levelText(band.gain));
  if (band.type === "lowpass" || band.type === "highpass") parts.push(`${band.slope} dB per octave`);
  if (hasQuality(band)) parts.push(`Q ${band.q.toFixed(2)}`);
  return parts.join(", ");
}
