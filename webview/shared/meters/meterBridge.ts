/** The meters of what is listened to: levels, loudness, correlation and the stereo image. */
import { CorrelationBallistics, LevelBallistics } from "../../../src/viewmodel/levelBallistics.js";
import { element } from "../element.js";
import type { MeterFrame } from "../player/playerMessages.js";
import { onThemeChange } from "../theme.js";
import { CorrelationBar } from "./correlationBar.js";
import { Goniometer } from "./goniometer.js";
import { LevelMeter } from "./levelMeter.js";
import { meterColors } from "./meterColors.js";
import "./meters.css";
import { formatCorrelation, formatLoudness } from "./meterText.js";
import { PaintPace } from "./paintPace.js";

export class MeterBridge {
  readonly element: HTMLElement;
  readonly #bars = [new LevelBallistics(), new LevelBallistics()] as const;
  readonly #correlation = new CorrelationBallistics();
  readonly #levels = new LevelMeter(this.#bars, ["Left", "Right"]);
  readonly #goniometer = new Goniometer();
  readonly #correlationBar = new CorrelationBar();
  readonly #momentary = element("output", { title: "Loudness of the last 400 ms" });
  readonly #shortTerm = element("output", { title: "Loudness of the last 3 s" });
  readonly #correlationText = element("output", {});
  readonly #pace = new PaintPace(() => this.#paint());
  #loudness = { momentary: -Infinity, shortTerm: -Infinity };
  #colors = meterColors();

  constructor() {
    const figure = (label: string, value: HTMLElement): HTMLElement =>
      element("div", { class: "meter-figure" }, element("span", {}, label), value);
    this.element = element(
      "section",
      { class: "meter-bridge", tabindex: 0, "aria-label": "Meters" },
      this.#levels.element,
      element(
        "div",
        { class: "meter-image" },
        this.#goniometer.element,
        this.#correlationBar.element,
        figure("Correlation", this.#correlationText),
        figure("Momentary", this.#momentary),
        figure("Short-term", this.#shortTerm),
      ),
    );
    // A screen reader gets the figures when it comes here, not with every change.
    this.element.addEventListener("focus", () => this.element.setAttribute("aria-label", this.text));
    // Figures that change all the time are not to be read out.
    for (const output of [this.#momentary, this.#shortTerm, this.#correlationText])
      output.setAttribute("aria-live", "off");
    onThemeChange(() => {
      this.#colors = meterColors();
      this.#pace.soon();
    });
    this.#pace.soon();
  }

  /** What the meters show, in words. */
  get text(): string {
    const { momentary, shortTerm } = this.#loudness;
    return [
      `Meters. ${this.#levels.text}`,
      `momentary ${formatLoudness(momentary)}`,
      `short-term ${formatLoudness(shortTerm)}`,
      `correlation ${formatCorrelation(this.#correlation.value)}`,
    ].join("; ");
  }

  /** Takes what was heard since the last call; give it every frame of the player's `onMeters`. */
  push(frame: MeterFrame): void {
    const { seconds, squares, product, peaks } = frame;
    // Where less was heard than time has gone by, the rest was silence.
    const all = frame.frames > 0 ? 1 / frame.frames : 0;
    this.#bars.forEach((bar, ear) => bar.push(peaks[ear]!, squares[ear]! * all, seconds));
    this.#correlation.push(squares[0]! * all, squares[1]! * all, product * all, seconds);
    this.#goniometer.push(frame);
    this.#loudness = { momentary: frame.momentary, shortTerm: frame.shortTerm };
    this.#pace.soon();
  }

  #paint(): void {
    const correlation = this.#correlation.value;
    this.#levels.paint(this.#colors);
    this.#goniometer.paint(this.#colors);
    this.#correlationBar.paint(correlation, this.#colors);
    this.#correlationText.textContent = formatCorrelation(correlation);
    this.#momentary.textContent = formatLoudness(this.#loudness.momentary);
    this.#shortTerm.textContent = formatLoudness(this.#loudness.shortTerm);
  }
}
