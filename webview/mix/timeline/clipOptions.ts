import type { ClipPlace } from "../../../src/viewmodel/clipLists.js";
import { positionText } from "../../../src/viewmodel/timeRuler.js";
import { levelText } from "../../../src/viewmodel/valueScale.js";
import { element } from "../../shared/element.js";
import { isSame } from "./clipHit.js";
import { clipName } from "./clipPainter.js";
import type { Clip, TimelineModel } from "./timelineModel.js";

/** Clips told to assistive technology at once, at most. */
const MOST = 300;

/** The clips in sight as the options of a list, for assistive technology; what is seen of them is drawn. */
export class ClipOptions {
  readonly #timeline: TimelineModel;
  readonly #list: HTMLElement;
  readonly #options = new Map<string, HTMLElement>();

  /** @param list has the focus, and the options in it */
  constructor(timeline: TimelineModel, list: HTMLElement) {
    this.#timeline = timeline;
    this.#list = list;
  }

  /** @param places in sight */
  show(places: readonly ClipPlace[]): void {
    const { mix, tracks } = this.#timeline;
    const { clips: chosen } = mix.selection;
    const active = chosen.at(-1);
    const left = new Set(this.#options.keys());
    const shown = active && !places.some((each) => isSame(each, active)) ? [active, ...places] : places;
    for (const place of shown.slice(0, MOST)) {
      const clip = tracks[place.track]?.clips[place.clip];
      if (!clip) continue;
      const key = `clip-${place.track}-${place.clip}`;
      left.delete(key);
      const option = this.#options.get(key) ?? this.#add(key);
      const name = this.#nameOf(place, clip);
      if (option.getAttribute("aria-label") !== name) option.setAttribute("aria-label", name);
      option.setAttribute("aria-selected", String(chosen.some((each) => isSame(each, place))));
    }
    for (const key of left) {
      this.#options.get(key)!.remove();
      this.#options.delete(key);
    }
    const key = active && `clip-${active.track}-${active.clip}`;
    if (key !== undefined && this.#options.has(key)) this.#list.setAttribute("aria-activedescendant", key);
    else this.#list.removeAttribute("aria-activedescendant");
  }

  #add(id: string): HTMLElement {
    const option = element("div", { id, role: "option", class: "spoken" });
    this.#options.set(id, option);
    this.#list.append(option);
    return option;
  }

  /** "Kick, clip kick.wav, starts 0:12.000, length 4.500 s". */
  #nameOf({ track }: ClipPlace, clip: Clip): string {
    const { tracks, units, sampleRate, mix } = this.#timeline;
    const { name, id } = tracks[track]!;
    const source = mix.state.sources[clip.file];
    return [
      `${name ?? id}, clip ${clipName(clip)}`,
      `starts ${positionText(clip.start * sampleRate, units)}`,
      `length ${(this.#timeline.endOf(clip) - clip.start).toFixed(3)} s`,
      ...(clip.gain === 0 ? [] : [`gain ${levelText(clip.gain)}`]),
      ...(clip.mute ? ["muted"] : []),
      ...(source?.kind === "failed" ? [source.message] : []),
    ].join(", ");
  }
}
