/** The broadcast extension as texts for people, loudness with its units. */
import type { FileTag } from "../audioFacts.js";
import type { BroadcastExtension } from "../tags/bext.js";

/** Fields that are given; `sampleRate` in Hz turns the time reference into a time of day. */
export function bextFileTags(extension: BroadcastExtension, sampleRate: number): FileTag[] {
  const { loudness, timeReferenceFrames, umid } = extension;
  const fields: [id: string, name: string, value: string | undefined][] = [
    ["Description", "Description", extension.description],
    ["Originator", "Originator", extension.originator],
    ["OriginatorReference", "Originator reference", extension.originatorReference],
    ["OriginationDate", "Origination date", extension.originationDate],
    ["OriginationTime", "Origination time", extension.originationTime],
    ["TimeReference", "Time reference", timeOfDay(timeReferenceFrames, sampleRate)],
    ["UMID", "UMID", umid.some((byte) => byte !== 0) ? Buffer.from(umid).toString("hex") : undefined],
    ["LoudnessValue", "Integrated loudness", withUnit(loudness.integrated, "LUFS")],
    ["LoudnessRange", "Loudness range", withUnit(loudness.range, "LU")],
    ["MaxTruePeakLevel", "Maximum true peak", withUnit(loudness.maxTruePeak, "dBTP")],
    ["MaxMomentaryLoudness", "Maximum momentary loudness", withUnit(loudness.maxMomentary, "LUFS")],
    ["MaxShortTermLoudness", "Maximum short-term loudness", withUnit(loudness.maxShortTerm, "LUFS")],
    ["CodingHistory", "Coding history", extension.codingHistory.trimEnd()],
  ];
  return fields.flatMap(([id, name, value]) => (value ? [{ origin: "bext", id, name, value }] : []));
}

function withUnit(value: number | undefined, unit: string): string | undefined {
  return value === undefined ? undefined : `${value.toFixed(2)} ${unit}`;
}

/** "01:02:03.456 (178765432 frames)" */
function timeOfDay(frames: number, sampleRate: number): string {
  const milliseconds = Math.round((frames / sampleRate) * 1000);
  const digits = (value: number, count: number): string => String(Math.floor(value)).padStart(count, "0");
  const [hours, minutes] = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60];
  const seconds = `${digits((milliseconds / 1000) % 60, 2)}.${digits(milliseconds % 1000, 3)}`;
  return `${digits(hours, 2)}:${digits(minutes, 2)}:${seconds} (${frames} frames)`;
}
