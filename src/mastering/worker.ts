/** The workers' program: every heavy job by its name. */
import type { RenderProcessInput } from "../engine/editing/renderProcess.js";
import { serveJobs } from "../engine/workerLoop.js";
import type { PublishAudioInput, WriteAudioInput } from "./editingJobs.js";
import type { ImageInput } from "./deliver/deliverImage.js";
import type { DeliverInput } from "./deliver/deliverSong.js";
import type { FinishInput } from "./finishSong.js";
import type { ProgramInput, ProgramSoundInput } from "./listening/programJobs.js";
import type { CompareInput } from "./compare/compareJob.js";
import { measureJob, overviewJob, type MeasureInput } from "./measureJob.js";
import type { NewMixInput } from "./newMix.js";
import { openAudioJob, openPcmJob, type OpenAudioInput } from "./openAudioJob.js";
import {
  buildOverviewJob,
  columnsJob,
  findingsJob,
  measureEditedJob,
  peaksJob,
  spectrogramJob,
  spectrumJob,
  type BuildOverviewInput,
  type ColumnsInput,
  type FindingsInput,
  type PeaksInput,
  type RangeInput,
  type SpectrogramInput,
} from "./overviewJobs.js";
import type { FreezeInput } from "./freeze/freezeJobs.js";
import type { SongInput } from "./openSong.js";
import type { ReuseInput } from "./incremental/reuseJob.js";
import type { PairInput } from "./rough/pairJob.js";
import type { RenderMixdownInput } from "./renderMixdown.js";
import type { RenderStreamInput } from "./renderStream.js";
import type { PrepareInput } from "./prepareSong.js";
import { impulseJob, type ImpulseInput } from "./impulseJob.js";
import { soundJob, type SoundInput } from "./soundJob.js";

type Report = (progress: unknown) => void;

// Measuring starts at once; the rest, which brings the documents' schemas along, is loaded when it is asked for.
serveJobs({
  measure: (input: MeasureInput, report: Report) => measureJob(input, report),
  overview: (input: SongInput) => overviewJob(input),
  buildOverview: (input: BuildOverviewInput, report: Report) => buildOverviewJob(input, report),
  columns: (input: ColumnsInput, report: Report) => columnsJob(input, report),
  peaks: (input: PeaksInput) => peaksJob(input),
  spectrogram: (input: SpectrogramInput) => spectrogramJob(input),
  spectrum: (input: RangeInput) => spectrumJob(input),
  measureEdited: (input: RangeInput, report: Report) => measureEditedJob(input, report),
  findings: (input: FindingsInput, report: Report) => findingsJob(input, report),
  sound: (input: SoundInput) => soundJob(input),
  openProgram: async (input: ProgramInput) =>
    (await import("./listening/programJobs.js")).openProgramJob(input),
  programSound: async (input: ProgramSoundInput) =>
    (await import("./listening/programJobs.js")).programSoundJob(input),
  impulse: (input: ImpulseInput) => impulseJob(input),
  openPcm: (path: string) => openPcmJob(path),
  openAudio: (input: OpenAudioInput, report: Report) => openAudioJob(input, report),
  renderProcess: async (input: RenderProcessInput, report: Report) =>
    (await import("../engine/editing/renderProcess.js")).renderProcess(input, report),
  writeAudio: async (input: WriteAudioInput, report: Report) =>
    (await import("./editingJobs.js")).writeAudioJob(input, report),
  publishAudio: async (input: PublishAudioInput) => (await import("./editingJobs.js")).publishAudioJob(input),
  prepareSong: async (input: PrepareInput, report: Report) =>
    (await import("./prepareSong.js")).prepareSong(input, report),
  finishSong: async (input: FinishInput, report: Report) =>
    (await import("./finishSong.js")).finishSong(input, report),
  compare: async (input: CompareInput, report: Report) =>
    (await import("./compare/compareJob.js")).compareJob(input, report),
  figures: async (input: SongInput, report: Report) =>
    (await import("./figuresJob.js")).figuresJob(input, report),
  faults: async (path: string) => (await import("./quality/faultsJob.js")).faultsJob(path),
  reference: async (input: SongInput) => (await import("./tone/referenceJob.js")).referenceJob(input),
  reuseMaster: async (input: ReuseInput) => (await import("./incremental/reuseJob.js")).reuseJob(input),
  deliverSong: async (input: DeliverInput) => (await import("./deliver/deliverSong.js")).deliverSong(input),
  deliverImage: async (input: ImageInput) => (await import("./deliver/deliverImage.js")).deliverImage(input),
  newMix: async (input: NewMixInput) => (await import("./newMix.js")).newMix(input),
  findTracks: async (input: SongInput) => (await import("./freeze/freezeJobs.js")).findTracksJob(input),
  freezeTrack: async (input: FreezeInput, report: Report) =>
    (await import("./freeze/freezeJobs.js")).freezeTrackJob(input, report),
  planStems: async (input: SongInput) => (await import("./stems/planStemsJob.js")).planStemsJob(input),
  comparePair: async (input: PairInput) => (await import("./rough/pairJob.js")).pairJob(input),
  mixdown: async (input: RenderMixdownInput, report: Report) =>
    (await import("./renderMixdown.js")).renderMixdown(input, report),
  renderStream: async (input: RenderStreamInput, report: Report) =>
    (await import("./renderStream.js")).renderStreamJob(input, report),
});
