/** An audio file whose frames are read from pages that are there already. */
import {
  fileName,
  framesToRead,
  type AudioFile,
  type AudioFileInfo,
  type PcmFormat,
  type SampleLayout,
} from "../../audio/audioFile.js";
import { PAGE_FRAMES, type PagedFormat, type SoundPages } from "./soundPages.js";

export class PagedFile implements AudioFile {
  readonly info: AudioFileInfo;
  readonly pcm: PcmFormat;
  readonly #pages: SoundPages;
  /** A page of silence, as the samples lie in the file. */
  readonly #silent: number;

  constructor(pages: SoundPages, path: string, format: PagedFormat) {
    const { channels, sampleRate, frames, layout, bigEndian, frameBytes } = format;
    this.#pages = pages;
    this.info = {
      ...{ path, container: fileName(path), codec: layout, sampleRate, channels, frames },
      ...{ bitDepth: (8 * frameBytes) / channels, channelMask: 0, warnings: [] },
    };
    this.pcm = { layout: layout as SampleLayout, bigEndian, channels, frameBytes };
    this.#silent = layout === "u8" ? 0x80 : 0;
  }

  /** What is missing is silence: whoever minds sees to it that it is there. */
  readFrames(start: number, count: number, target: Uint8Array): number {
    const frames = framesToRead(this, start, count, target);
    const { frameBytes } = this.pcm;
    for (let done = 0; done < frames;) {
      const index = Math.floor((start + done) / PAGE_FRAMES);
      const from = start + done - index * PAGE_FRAMES;
      const part = Math.min(frames - done, PAGE_FRAMES - from);
      const bytes = this.#pages
        .page(this.info.path, index)
        ?.subarray(from * frameBytes, (from + part) * frameBytes);
      if (bytes) target.set(bytes, done * frameBytes);
      const there = done * frameBytes + (bytes?.length ?? 0);
      target.fill(this.#silent, there, (done + part) * frameBytes);
      done += part;
    }
    return frames;
  }

  close(): void {
    // Nothing is open.
  }
}
