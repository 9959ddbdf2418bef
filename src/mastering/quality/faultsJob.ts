/** Looks for clicks, dropouts and clipped runs in an audio file. */
import { audioFacts } from "../../audio/facts/fileFacts.js";
import { fileByteSource } from "../../audio/byteSource.js";
import { openCompressed } from "../../audio/compressed/openCompressed.js";
import { Dsp } from "../../engine/dsp.js";
import { findings } from "../../engine/overview/findings.js";
import { openedAudio } from "../../session/openedAudio.js";
import type { QualityFinding } from "./checkQuality.js";

/** Of each kind so many are told of by themselves. */
const MOST_OF_KIND = 3;
const KINDS = { clipping: "clipping", click: "click", silence: "dropout" } as const;
const ADVICE = {
  clipping: "Mix it down again with the master fader lower.",
  click: "Listen to it there; repair the track that has it.",
  dropout: "Listen to it there: it may be a fault of a recording or of a render.",
} as const;

/** @returns nothing for a file that is compressed: what its encoder has done to it is no fault */
export function faultsJob(path: string): QualityFinding[] {
  const bytes = fileByteSource(path);
  const isCompressed = openCompressed(bytes) !== undefined;
  bytes.close();
  if (isCompressed) return [];
  const facts = audioFacts(path);
  const audio = openedAudio(facts, { path, frames: facts.frames });
  const found = findings(new Dsp(), audio).flatMap(({ kind, range, text }): QualityFinding[] => {
    if (kind === "dc" || (kind === "silence" && !text.startsWith("Dropout"))) return [];
    const fault = KINDS[kind];
    const time = range.start / facts.sampleRate;
    return [{ kind: fault, severity: "warning", time, message: `${text}. ${ADVICE[fault]}` }];
  });
  return Object.values(KINDS).flatMap((kind) => {
    const all = found.filter((each) => each.kind === kind);
    const rest = all.length - MOST_OF_KIND;
    const more: QualityFinding[] =
      rest > 0
        ? [{ kind, severity: "warning", time: all[MOST_OF_KIND]!.time, message: `${rest} more of the same.` }]
        : [];
    return [...all.slice(0, MOST_OF_KIND), ...more];
  });
}
