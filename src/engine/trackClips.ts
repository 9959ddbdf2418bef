/** The clips of a track while it is rendered: sums what sounds of them in the next block (src/dsp/time/clip.ts). */
import type { AudioFile } from "../audio/audioFile.js";
import { FADE_SHAPES } from "../session/fadeShape.js";
import type { ClipPlan } from "./clipPlan.js";
import type { ClipSources } from "./clipSources.js";
import type { Dsp } from "./dsp.js";
import { BLOCK_FRAMES, type Block } from "./song.js";
import type { SongTime } from "./songTime.js";

export class TrackClips {
  /** Of the kernel. */
  readonly address: number;
  readonly #dsp: Dsp;
  /** By their start. */
  readonly #clips: readonly ClipPlan[];
  readonly #delay: number;
  readonly #sources: ClipSources;
  readonly #time: SongTime;
  /** Of the clips that have not begun, the first; those that sound are by their start too. */
  #next = 0;
  #sounding: { readonly clip: ClipPlan; readonly file: AudioFile }[] = [];
  /** Where the last block ended on the track's timeline. */
  #end = 0;

  /** @param delay frames by which the track sounds later, to meet slower ones */
  constructor(dsp: Dsp, clips: readonly ClipPlan[], delay: number, sources: ClipSources, time: SongTime) {
    this.#dsp = dsp;
    this.#clips = clips;
    this.#delay = delay;
    this.#sources = sources;
    this.#time = time;
    const isStereo = clips.some(({ source }) => source.channels > 1);
    this.address = dsp.exports.clipsNew(BLOCK_FRAMES, isStereo ? 1 : 0);
  }

  /**
   * Reads what sounds in the `frames` frames from frame `position` of the graph on; the next block of the graph plays it.
   * @throws AudioFileError if a file cannot be read
   */
  schedule(position: number, frames: number): void {
    let isSilent = true;
    for (const { song: start, at, frames: count } of this.#time.spans(position - this.#delay, frames)) {
      const end = start + count;
      if (start < this.#end) this.#next = 0;
      this.#end = end;
      this.#begin(start, end);
      if (this.#sounding.length > 0 && isSilent) {
        this.#dsp.exports.clipsBegin(this.address, frames);
        isSilent = false;
      }
      for (const { clip, file } of this.#sounding) this.#add(clip, file, start, end, at);
    }
    if (isSilent) this.#dsp.exports.clipsBegin(this.address, 0);
  }

  /** Opens the files of what sounds between two frames, and gives back those of what does not. */
  #begin(start: number, end: number): void {
    const sounds = (clip: ClipPlan): boolean => clip.start < end && clip.start + clip.length > start;
    const isAnew = this.#next === 0;
    const stays = isAnew ? [] : this.#sounding.filter(({ clip }) => sounds(clip));
    const ended = this.#sounding.filter((each) => !stays.includes(each));
    this.#sounding = stays;
    for (; this.#next < this.#clips.length && this.#clips[this.#next]!.start < end; this.#next++) {
      const clip = this.#clips[this.#next]!;
      if (sounds(clip)) this.#sounding.push({ clip, file: this.#sources.acquire(clip.source.path) });
    }
    // After the new ones: a file that both play stays open.
    for (const { clip } of ended) this.#sources.release(clip.source.path);
  }

  /** @param place of frame `start` of the song in the block */
  #add(clip: ClipPlan, file: AudioFile, start: number, end: number, place: number): void {
    const { exports } = this.#dsp;
    const from = Math.max(start, clip.start) - clip.start;
    const frames = Math.min(end, clip.start + clip.length) - clip.start - from;
    const block = this.#sources.reader.read(clip.source, file, from, frames);
    this.#fade(clip, block, from);
    this.#sources.gains.apply(clip, block, from);
    const at = place + clip.start + from - start;
    exports.clipsAdd(this.address, block.left, block.right, at, frames, clip.gain);
  }

  /** @param from frame of the clip that the block begins with */
  #fade({ fades }: ClipPlan, { left, right, frames }: Block, from: number): void {
    for (const { at, length, shape, isRising } of fades) {
      const first = Math.max(from, at);
      const count = Math.min(from + frames, at + length) - first;
      if (count <= 0) continue;
      const offset = (first - from) * 4;
      const shapeNumber = FADE_SHAPES.indexOf(shape);
      this.#dsp.exports.clipFade(
        ...([
          left + offset,
          right + offset,
          count,
          first - at,
          length,
          shapeNumber,
          isRising ? 1 : 0,
        ] as const),
      );
    }
  }
}
