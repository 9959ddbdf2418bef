import { withMixPlan, type SongInput } from "../openSong.js";
import { planStems, type PlannedStem } from "./stemNames.js";

/** @returns the stems that a session has */
export function planStemsJob(input: SongInput): Promise<PlannedStem[]> {
  return withMixPlan(
    input,
    () => undefined,
    (plan) => planStems(plan),
  );
}
