/** The impulse response of a convolution as it lies in the memory of dsp.wasm. Free of Node, for a webview's preview. */
import type { Dsp } from "./dsp.js";

export interface ImpulseChannels {
  /** Of f32 samples, one an audio channel: 1, 2 or 4. */
  readonly addresses: readonly number[];
  readonly frames: number;
}

/** Hands it to the convolution at address `processor`, before that is prepared. */
export function takeImpulse(dsp: Dsp, processor: number, { addresses, frames }: ImpulseChannels): void {
  const [first, second, third, fourth] = addresses as [number, number?, number?, number?];
  if (third !== undefined) dsp.exports.processorImpulse(processor, first, second!, third, fourth!, frames);
  else dsp.exports.processorImpulse(processor, first, 0, 0, second ?? first, frames);
}
