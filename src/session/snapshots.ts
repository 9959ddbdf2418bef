/** Settings of a mix that are kept in its document, for the mix editor to switch between. */
import * as z from "zod";

const snapshot = z
  .record(z.string(), z.record(z.string(), z.json()))
  .optional()
  .describe(
    "By channel (`track kick`, `bus room`, `group drums`, `master`): values by their path within it, for example `fader` or `inserts/0/ratio|compressor`; behind `|` stands what the value is for. What is not in the mix any more is passed over.",
  );

export const snapshotsSchema = z
  .strictObject({ A: snapshot, B: snapshot, C: snapshot, D: snapshot })
  .describe("Settings of the mix to switch between; they do not sound by themselves.");
