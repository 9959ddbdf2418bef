/** Entry of `dsp.wasm`: what the host side may call. */
export { allocate } from "./memory";
export { automateWithin } from "./ramp";
export {
  processorNew,
  processorSet,
  processorPrepare,
  processorProcess,
  processorProcessKeyed,
  processorImpulse,
  processorTempo,
} from "./processor";
export {
  processorHold,
  processorIsMono,
  processorLatency,
  processorReduction,
  eqMagnitude,
} from "./processorFacts";
export { clipsNew, clipsBegin, clipsAdd, clipFade, clipGains } from "./time/clip";
export { curveNew, curvePoints, curveValue } from "./automation";
export { driveNew, driveAdd } from "./drive";
export { routeNew, routeSet, routeGlide } from "./spatial/route";
export { delayNew } from "./time/delay";
export { restNew, restFrom, restBegin } from "./time/rest";
export { graphNew, graphAdd, graphProcess } from "./graph";
export { songJump } from "./songTime";
export { blendNew, blendMove, blendCompare } from "./blend";
export { scopeNew, scopeWatch } from "./metering/scope";
export { stripLevelNew } from "./metering/stripLevel";
export { fadesNew, fadesApply } from "./time/fades";
export { fadeCurve } from "./time/fadeCurve";
export { planarGain, planarOffset, planarRamp, planarReverse, planarAdd, planarMix } from "./time/planar";
export {
  stretchNew,
  stretchSetSpeed,
  stretchInput,
  stretchOutput,
  stretchFinish,
  stretchReset,
  stretchPosition,
} from "./time/stretch";
export { resamplerNew, resamplerProcess, resamplerFlush, resamplerMaxOutput } from "./resample/resampler";
export { phasesNew, phasesDesign, phasesTaps, phasesWanted, interpolateExactly, interpolateFreely } from "./resample/interpolator";
export { encoderNew, encoderProcess } from "./pcm/encode";
export { pcmDecode, pcmFirstNonFinite } from "./pcm/decode";
export { meterNew, meterSetWeight, meterProcess, meterSteps, meterFinish, meterResult } from "./metering/meter";
export { largest } from "./space/wet";
export { peaksScan } from "./metering/peaks";
export { peaksScanPcm } from "./metering/pcmPeaks";
export { spectrumNew, spectrumClear, spectrumAdd, spectrumPower, spectrumColumns } from "./spectrum/spectrum";
export {
  faultsNew,
  faultsFind,
  faultsFinish,
  faultsRecords,
  faultsSum,
  faultsHighest,
  faultsFirstLoud,
  faultsEndLoud,
} from "./metering/faults";
