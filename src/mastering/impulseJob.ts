/** An impulse response as sound, for the preview of the audio editor. */
import { openAudioFile } from "../audio/openAudioFile.js";
import { Dsp } from "../engine/dsp.js";
import { readImpulse } from "../engine/impulse.js";

export interface ImpulseInput {
  readonly path: string;
  /** Hz that it is converted to. */
  readonly sampleRate: number;
}

/**
 * @returns planar samples of its 1, 2 or 4 audio channels
 * @throws AudioFileError if it cannot be read, or is no impulse response
 */
export function impulseJob({ path, sampleRate }: ImpulseInput): Float32Array<ArrayBuffer>[] {
  const dsp = new Dsp();
  const file = openAudioFile(path);
  try {
    const { addresses, frames } = readImpulse(dsp, file, sampleRate);
    return addresses.map((address) => dsp.float32(address, frames).slice());
  } finally {
    file.close();
  }
}
