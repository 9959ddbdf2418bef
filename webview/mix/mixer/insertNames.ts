import type { Insert } from "./channel.js";

/** Short enough for a strip. */
const SHORT: Readonly<Record<string, string>> = {
  ...{ gain: "Gain", eq: "EQ", compressor: "Compressor", delay: "Delay", reverb: "Reverb" },
  ...{ convolution: "Convolution", stereo: "Stereo", limiter: "Limiter", saturator: "Saturator" },
  ...{ chorus: "Chorus", gate: "Gate", deesser: "De-esser", multiband: "Multiband", transient: "Transient" },
};

/** The name that it was given, or what it is. */
export function insertName({
  type,
  name,
}: Pick<Insert, "type"> & { readonly name?: string | undefined }): string {
  return name ?? SHORT[type] ?? type;
}
