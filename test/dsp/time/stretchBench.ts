/** Stretches a whole stereo signal, for the tests of the kernel. */
import { Dsp } from "../../../src/engine/dsp.js";
import type { Stereo } from "../processorBench.js";

/** @param block frames asked for at a time, and given at a time when they are wanted */
export function stretched(input: Stereo, speed: number, sampleRate = 48000, block = 128): Stereo {
  const dsp = new Dsp();
  const stretch = dsp.exports.stretchNew(sampleRate, block);
  dsp.exports.stretchSetSpeed(stretch, speed);
  const [inLeft, inRight, outLeft, outRight] = [0, 1, 2, 3].map(() => dsp.allocate(block * 4)) as [number, number, number, number]; // prettier-ignore
  const left: Float32Array[] = [];
  const right: Float32Array[] = [];
  for (let fed = 0; ;) {
    const count = dsp.exports.stretchOutput(stretch, outLeft, outRight, block);
    left.push(dsp.float32(outLeft, count).slice());
    right.push(dsp.float32(outRight, count).slice());
    if (count === block) continue;
    const more = Math.min(block, input.left.length - fed);
    if (more < 0) break;
    if (more === 0) {
      dsp.exports.stretchFinish(stretch);
      fed++;
      continue;
    }
    dsp.float32(inLeft, more).set(input.left.subarray(fed, fed + more));
    dsp.float32(inRight, more).set(input.right.subarray(fed, fed + more));
    dsp.exports.stretchInput(stretch, inLeft, inRight, more);
    fed += more;
  }
  return { left: joined(left), right: joined(right) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
