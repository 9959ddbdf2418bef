/** Measures a signal that is there as a whole. */
import { Dsp } from "../../src/engine/dsp.js";
import { Meter, type LoudnessMeasurement, type MeterOptions } from "../../src/engine/meter.js";

/**
 * @param channels equally long
 * @param blockSizes sizes of the blocks it is fed in, used in turn
 */
export function measurePlanar(
  channels: readonly Float32Array[],
  sampleRate: number,
  options: Partial<MeterOptions> = {},
  blockSizes: readonly number[] = [4096],
): LoudnessMeasurement {
  const dsp = new Dsp();
  const frames = channels[0]!.length;
  const buffers = channels.map((samples) => {
    const address = dsp.allocate(samples.length * 4);
    dsp.float32(address, samples.length).set(samples);
    return address;
  });
  const meter = new Meter(dsp, { sampleRate, channels: channels.length, truePeak: true, ...options });
  for (let done = 0, block = 0; done < frames; block++) {
    const count = Math.min(blockSizes[block % blockSizes.length]!, frames - done);
    const shifted = buffers.map((buffer) => buffer + done * 4);
    meter.processChannels(shifted, count);
    done += count;
  }
  return meter.finish();
}
