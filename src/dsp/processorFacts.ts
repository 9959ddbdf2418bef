/** What can be asked of a processor of any kind: the kind itself, and what follows from its parameters. */
import { Chorus } from "./colour/chorus";
import { Saturator } from "./colour/saturator";
import { Compressor } from "./dynamics/compressor";
import { Deesser } from "./dynamics/deesser";
import { Gate } from "./dynamics/gate";
import { Limiter } from "./dynamics/limiter";
import { Multiband } from "./dynamics/multiband";
import { Eq } from "./filters/eq";
import { Gain } from "./gain";
import { Convolution } from "./space/convolution";
import { Echo } from "./space/echo";
import { Reverb } from "./space/reverb";
import { Part, StereoPart } from "./spatial/part";
import { Stereo } from "./spatial/stereo";

/** Kinds of processors; the same numbers stand in src/session/insertTable.ts. */
export const enum ProcessorKind {
  Gain = 0,
  Eq = 1,
  Compressor = 2,
  Stereo = 3,
  Limiter = 4,
  Gate = 5,
  Deesser = 6,
  Multiband = 7,
  Saturator = 8,
  Delay = 9,
  Chorus = 10,
  Reverb = 11,
  Convolution = 12,
  Transient = 13,
}

@unmanaged
export class Processor {
  kind: i32;
  state: usize;
  /** 0: it works on the whole signal. */
  part: usize;
}

/**
 * @returns whether the processor can work on a mono signal: `left` and `right` the same buffer; asked after its
 *   parameters are set
 */
export function processorIsMono(address: usize): bool {
  const processor = changetype<Processor>(address);
  const isWhole = processor.part == 0 || changetype<Part>(processor.part).kind == StereoPart.Stereo;
  return isWhole && worksOnMono(processor);
}

/** Whether both sides may be the same buffer. */
export function worksOnMono(processor: Processor): bool {
  switch (processor.kind) {
    case ProcessorKind.Gain:
      return changetype<Gain>(processor.state).isMono();
    case ProcessorKind.Eq:
    case ProcessorKind.Compressor:
    case ProcessorKind.Gate:
    case ProcessorKind.Deesser:
    case ProcessorKind.Saturator:
    case ProcessorKind.Transient:
      return true;
    default:
      return false;
  }
}

/** @returns delay in frames from input to output */
export function processorLatency(address: usize): i32 {
  const processor = changetype<Processor>(address);
  switch (processor.kind) {
    case ProcessorKind.Eq:
      return changetype<Eq>(processor.state).latency();
    case ProcessorKind.Multiband:
      return changetype<Multiband>(processor.state).latency();
    case ProcessorKind.Compressor:
      return changetype<Compressor>(processor.state).latency();
    case ProcessorKind.Limiter:
      return changetype<Limiter>(processor.state).latency();
    case ProcessorKind.Gate:
      return changetype<Gate>(processor.state).latency();
    case ProcessorKind.Saturator:
      return changetype<Saturator>(processor.state).latency();
    case ProcessorKind.Convolution:
      return changetype<Convolution>(processor.state).latency();
    default:
      return 0;
  }
}

/**
 * @returns how long, in frames after its input has become silent, the output may be silent and sound again
 *   (the time of a delay); 0 for kinds that hold nothing back beyond their latency
 */
export function processorHold(address: usize): i32 {
  const processor = changetype<Processor>(address);
  switch (processor.kind) {
    case ProcessorKind.Delay:
      return changetype<Echo>(processor.state).hold();
    case ProcessorKind.Reverb:
      return changetype<Reverb>(processor.state).hold();
    case ProcessorKind.Chorus:
      return changetype<Chorus>(processor.state).hold();
    case ProcessorKind.Convolution:
      return changetype<Convolution>(processor.state).hold();
    case ProcessorKind.Stereo:
      return changetype<Stereo>(processor.state).hold();
    default:
      return 0;
  }
}

/**
 * @returns address of the gain reduction's telemetry, see dynamics/reduction.ts; 0 for kinds
 *   that have none
 */
export function processorReduction(address: usize): usize {
  const processor = changetype<Processor>(address);
  switch (processor.kind) {
    case ProcessorKind.Compressor:
      return changetype<usize>(changetype<Compressor>(processor.state).reduction);
    case ProcessorKind.Limiter:
      return changetype<usize>(changetype<Limiter>(processor.state).reduction);
    case ProcessorKind.Gate:
      return changetype<usize>(changetype<Gate>(processor.state).reduction);
    case ProcessorKind.Deesser:
      return changetype<usize>(changetype<Deesser>(processor.state).reduction);
    case ProcessorKind.Multiband:
      return changetype<usize>(changetype<Multiband>(processor.state).reduction);
    default:
      return 0;
  }
}

/** @returns level at `frequencyHz` of the equaliser at `address`, in dB; 0 for other kinds */
export function eqMagnitude(address: usize, frequencyHz: f64): f64 {
  const processor = changetype<Processor>(address);
  if (processor.kind != ProcessorKind.Eq) return 0;
  return changetype<Eq>(processor.state).magnitude(frequencyHz);
}
