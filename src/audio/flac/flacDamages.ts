/** What was damaged in a FLAC file, as sentences. */

interface Damage {
  /** In the file. */
  readonly byte: number;
  /** Where in the decoded audio. */
  readonly frame: number;
  /** Frames of silence in place of what is lost. */
  silence: number;
}

/** Places that are named one by one. */
const MOST_SENTENCES = 8;

export class FlacDamages {
  readonly #sampleRate: number;
  readonly #damages: Damage[] = [];

  /** @param sampleRate Hz */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  add(byte: number, frame: number, silence: number): void {
    const last = this.#damages.at(-1);
    if (last && last.frame + last.silence === frame) last.silence += silence;
    else this.#damages.push({ byte, frame, silence });
  }

  get sentences(): readonly string[] {
    const named = this.#damages.slice(0, MOST_SENTENCES).map((damage) => this.#sentence(damage));
    const rest = this.#damages.slice(MOST_SENTENCES);
    if (rest.length === 0) return named;
    const silence = this.#seconds(rest.reduce((sum, each) => sum + each.silence, 0));
    return [...named, `${rest.length} more places are damaged; silence of ${silence} in all stands there`];
  }

  #sentence({ byte, frame, silence }: Damage): string {
    const where = `byte ${byte}, at ${this.#seconds(frame)}`;
    return silence > 0
      ? `${where}: the audio is damaged; ${this.#seconds(silence)} of silence stand in for what is lost`
      : `${where}: there are damaged data, which are left out`;
  }

  #seconds(frames: number): string {
    return `${(frames / this.#sampleRate).toFixed(3)} s`;
  }
}
