/**
 * One face for all inserts. A processor works in place on a planar stereo block of 32-bit
 * floats; its result does not depend on how the signal is cut into blocks.
 *
 * Life: `processorNew`, `processorSet` for each parameter, `processorPrepare` once (derives
 * coefficients, allocates), then `processorProcess` block by block.
 */

import { Chorus, chorusNew } from "./colour/chorus";
import { Saturator, saturatorNew } from "./colour/saturator";
import { Compressor, compressorNew } from "./dynamics/compressor";
import { Deesser, deesserNew } from "./dynamics/deesser";
import { Gate, gateNew } from "./dynamics/gate";
import { Limiter } from "./dynamics/limiter";
import { Multiband, multibandNew } from "./dynamics/multiband";
import { Transient, transientNew } from "./dynamics/transient";
import { Eq, eqNew } from "./filters/eq";
import { Gain } from "./gain";
import { Echo, echoNew } from "./space/echo";
import { Reverb, reverbNew } from "./space/reverb";
import { Convolution } from "./space/convolution";
import { Part, PART_FRAMES, StereoPart } from "./spatial/part";
import { Stereo } from "./spatial/stereo";
import { Processor, processorLatency, ProcessorKind, worksOnMono } from "./processorFacts";

/**
 * Parameter that all kinds have in common: what of the signal they work on, see {@link StereoPart}; set before
 * `processorPrepare`. The same number stands in src/engine/insertValues.ts.
 */
const PROCESSING: i32 = 255;

export function processorNew(kind: i32, sampleRate: f64): usize {
  const processor = new Processor();
  processor.kind = kind;
  switch (kind) {
    case ProcessorKind.Gain:
      processor.state = changetype<usize>(new Gain(sampleRate));
      break;
    case ProcessorKind.Eq:
      processor.state = changetype<usize>(eqNew(sampleRate));
      break;
    case ProcessorKind.Compressor:
      processor.state = changetype<usize>(compressorNew(sampleRate));
      break;
    case ProcessorKind.Delay:
      processor.state = changetype<usize>(echoNew(sampleRate));
      break;
    case ProcessorKind.Reverb:
      processor.state = changetype<usize>(reverbNew(sampleRate));
      break;
    case ProcessorKind.Convolution:
      processor.state = changetype<usize>(new Convolution(sampleRate));
      break;
    case ProcessorKind.Stereo:
      processor.state = changetype<usize>(new Stereo(sampleRate));
      break;
    case ProcessorKind.Limiter:
      processor.state = changetype<usize>(new Limiter(sampleRate));
      break;
    case ProcessorKind.Gate:
      processor.state = changetype<usize>(gateNew(sampleRate));
      break;
    case ProcessorKind.Saturator:
      processor.state = changetype<usize>(saturatorNew(sampleRate));
      break;
    case ProcessorKind.Chorus:
      processor.state = changetype<usize>(chorusNew(sampleRate));
      break;
    case ProcessorKind.Deesser:
      processor.state = changetype<usize>(deesserNew(sampleRate));
      break;
    case ProcessorKind.Multiband:
      processor.state = changetype<usize>(multibandNew(sampleRate));
      break;
    case ProcessorKind.Transient:
      processor.state = changetype<usize>(transientNew(sampleRate));
      break;
    default:
      processor.state = 0;
  }
  return changetype<usize>(processor);
}

/** Sets parameter number `parameter` (each kernel file lists its own). */
export function processorSet(address: usize, parameter: i32, value: f64): void {
  const processor = changetype<Processor>(address);
  if (parameter == PROCESSING) return setPart(processor, <i32>value);
  switch (processor.kind) {
    case ProcessorKind.Gain:
      changetype<Gain>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Eq:
      changetype<Eq>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Compressor:
      changetype<Compressor>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Delay:
      changetype<Echo>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Reverb:
      changetype<Reverb>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Convolution:
      changetype<Convolution>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Stereo:
      changetype<Stereo>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Limiter:
      changetype<Limiter>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Gate:
      changetype<Gate>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Saturator:
      changetype<Saturator>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Chorus:
      changetype<Chorus>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Deesser:
      changetype<Deesser>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Multiband:
      changetype<Multiband>(processor.state).set(parameter, value);
      break;
    case ProcessorKind.Transient:
      changetype<Transient>(processor.state).set(parameter, value);
      break;
    default:
      break;
  }
}

function setPart(processor: Processor, kind: i32): void {
  if (processor.part == 0 && kind != StereoPart.Stereo) processor.part = changetype<usize>(new Part());
  if (processor.part != 0) changetype<Part>(processor.part).kind = kind;
}

export function processorPrepare(address: usize): void {
  prepare(address);
  const part = changetype<Processor>(address).part;
  if (part != 0) changetype<Part>(part).prepare(processorLatency(address));
}

function prepare(address: usize): void {
  const processor = changetype<Processor>(address);
  switch (processor.kind) {
    case ProcessorKind.Eq:
      changetype<Eq>(processor.state).prepare();
      break;
    case ProcessorKind.Compressor:
      changetype<Compressor>(processor.state).prepare();
      break;
    case ProcessorKind.Delay:
      changetype<Echo>(processor.state).prepare();
      break;
    case ProcessorKind.Reverb:
      changetype<Reverb>(processor.state).prepare();
      break;
    case ProcessorKind.Convolution:
      changetype<Convolution>(processor.state).prepare();
      break;
    case ProcessorKind.Stereo:
      changetype<Stereo>(processor.state).prepare();
      break;
    case ProcessorKind.Limiter:
      changetype<Limiter>(processor.state).prepare();
      break;
    case ProcessorKind.Gate:
      changetype<Gate>(processor.state).prepare();
      break;
    case ProcessorKind.Saturator:
      changetype<Saturator>(processor.state).prepare();
      break;
    case ProcessorKind.Chorus:
      changetype<Chorus>(processor.state).prepare();
      break;
    case ProcessorKind.Deesser:
      changetype<Deesser>(processor.state).prepare();
      break;
    case ProcessorKind.Multiband:
      changetype<Multiband>(processor.state).prepare();
      break;
    case ProcessorKind.Transient:
      changetype<Transient>(processor.state).prepare();
      break;
    default:
      break;
  }
}

/** Processes `frames` frames of the planar f32 buffers `left` and `right` in place; its own input drives the detector. */
export function processorProcess(address: usize, left: usize, right: usize, frames: i32): void {
  processorProcessKeyed(address, left, right, left, right, frames);
}

/**
 * The same with a side-chain: the planar f32 buffers `keyLeft` and `keyRight`, which are only read, drive the
 * detector of those kinds that have one. They may be `left` and `right` themselves.
 */
export function processorProcessKeyed(
  address: usize,
  left: usize,
  right: usize,
  keyLeft: usize,
  keyRight: usize,
  frames: i32,
): void {
  const processor = changetype<Processor>(address);
  if (worksOnPart(processor, left == right)) processPart(processor, left, right, keyLeft, keyRight, frames);
  else process(processor, left, right, keyLeft, keyRight, frames);
}

/** @param isMono whether there is one signal, which is all middle */
function worksOnPart(processor: Processor, isMono: bool): bool {
  if (processor.part == 0) return false;
  const kind = changetype<Part>(processor.part).kind;
  return isMono ? kind == StereoPart.Side : kind != StereoPart.Stereo;
}

function processPart(
  processor: Processor,
  left: usize,
  right: usize,
  keyLeft: usize,
  keyRight: usize,
  frames: i32,
): void {
  const part = changetype<Part>(processor.part);
  const second = worksOnMono(processor) ? part.active : part.twin;
  const isOwnKey = keyLeft == left;
  for (let done: usize = 0, end = (<usize>frames) << 2; done < end; done += (<usize>PART_FRAMES) << 2) {
    const count = min(PART_FRAMES, <i32>((end - done) >> 2));
    part.take(left + done, right + done, count);
    const keys = isOwnKey ? part.active : keyLeft + done;
    process(processor, part.active, second, keys, isOwnKey ? second : keyRight + done, count);
    part.give(left + done, right + done, count);
  }
}

function process(
  processor: Processor,
  left: usize,
  right: usize,
  keyLeft: usize,
  keyRight: usize,
  frames: i32,
): void {
  switch (processor.kind) {
    case ProcessorKind.Gain:
      changetype<Gain>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Eq:
      changetype<Eq>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Compressor:
      changetype<Compressor>(processor.state).process(left, right, keyLeft, keyRight, frames);
      break;
    case ProcessorKind.Delay:
      changetype<Echo>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Reverb:
      changetype<Reverb>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Convolution:
      changetype<Convolution>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Stereo:
      changetype<Stereo>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Limiter:
      changetype<Limiter>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Gate:
      changetype<Gate>(processor.state).process(left, right, keyLeft, keyRight, frames);
      break;
    case ProcessorKind.Saturator:
      changetype<Saturator>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Chorus:
      changetype<Chorus>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Deesser:
      changetype<Deesser>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Multiband:
      changetype<Multiband>(processor.state).process(left, right, frames);
      break;
    case ProcessorKind.Transient:
      changetype<Transient>(processor.state).process(left, right, frames);
      break;
    default:
      break;
  }
}

/**
 * Gives a convolution its impulse response, before `processorPrepare`: planar f32 buffers of `frames` frames that
 * stay where they are, of the ways left to left, left to right, right to left and right to right; `leftRight` and
 * `rightLeft` may be 0 if there is no such way.
 */
export function processorImpulse(
  address: usize,
  leftLeft: usize,
  leftRight: usize,
  rightLeft: usize,
  rightRight: usize,
  frames: i32,
): void {
  const processor = changetype<Processor>(address);
  if (processor.kind != ProcessorKind.Convolution) return;
  changetype<Convolution>(processor.state).take(leftLeft, leftRight, rightLeft, rightRight, frames);
}

/** Tells the processor the tempo in beats per minute; before `processorPrepare`. */
export function processorTempo(address: usize, beatsPerMinute: f64): void {
  const processor = changetype<Processor>(address);
  switch (processor.kind) {
    case ProcessorKind.Delay:
      changetype<Echo>(processor.state).tempo(beatsPerMinute);
      break;
    case ProcessorKind.Chorus:
      changetype<Chorus>(processor.state).tempo(beatsPerMinute);
      break;
    default:
      break;
  }
}
