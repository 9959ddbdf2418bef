/** What views show of a document's audio. */
import type { ShownAudio, WavState } from "../../protocol/wavProtocol.js";
import type { EditedAudio } from "../../session/audioEdits.js";
import { framesOf } from "../../session/pieces.js";
import { wavSettings } from "./wavSettings.js";

export function shownAudio(audio: EditedAudio, revision: number, isDirty: boolean): ShownAudio {
  const { sampleRate, channels, markers, tags, format } = audio;
  return { revision, sampleRate, channels, frames: framesOf(audio), markers, tags, format, isDirty };
}

/** Before the file is open. */
export function openingState(state: Pick<WavState, "name" | "canPaste" | "readOnly">): WavState {
  return {
    facts: null,
    failure: null,
    decoding: null,
    audio: {
      ...{ revision: 0, sampleRate: 0, channels: 0, frames: 0, markers: [], isDirty: false },
      tags: { info: {}, bext: null },
      format: { bitDepth: 24, dither: "none" },
    },
    measurement: null,
    unmeasured: null,
    findings: null,
    coarse: null,
    overview: 0,
    task: null,
    notices: [],
    settings: wavSettings(),
    ...state,
  };
}
