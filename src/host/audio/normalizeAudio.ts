import { basename } from "node:path";
import * as vscode from "vscode";
import {
  ADVISED_TRUE_PEAK,
  limitedPlan,
  NORMALIZE_UNITS,
  passes,
  planNormalizing,
  type MeasuredLevels,
  type NormalizePlan,
  type NormalizeTarget,
} from "../../mastering/normalizing.js";
import { copyPath } from "../../session/audioConversion.js";
import { formatGain, formatLufs, formatRatio, formatTruePeak } from "../../viewmodel/formats.js";
import { isOverFullScale } from "../../viewmodel/peakWarning.js";
import { readOnlyReason, writtenContainer } from "../wav/audioKinds.js";
import { audioBatch, showFailures, type Batch } from "./audioBatch.js";
import { measureAudio, refuseIfEdited, saveWithGain, type AudioTools } from "./audioJobs.js";
import { chooseTarget } from "./chooseTarget.js";
import { chosenAudio } from "./chosenAudio.js";
import { freeTargets } from "./freeTargets.js";

interface Planned {
  readonly uri: vscode.Uri;
  readonly measured: MeasuredLevels;
  readonly plan: NormalizePlan;
}

/** Brings files to a level, in place or as copies. Nothing is changed before the last question is answered. */
export async function normalizeAudio(
  tools: AudioTools,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const uris = await chosenAudio(argument, selection, { title: "Normalize", usesActive: true });
  const target = uris.length > 0 ? await chooseTarget() : undefined;
  if (!target) return;
  const measured = await audioBatch("Measuring", uris, (uri, options) =>
    planFor(tools, uri, target, options),
  );
  if (measured.isCancelled) return;
  const plans = await withSafePeaks(
    measured.done.map(({ value }) => value),
    target,
  );
  const targets = plans && plans.length > 0 ? await chooseTargets(plans) : undefined;
  if (!plans || !targets) return showFailures(measured, "normalized");
  const byUri = new Map(plans.map((each, i) => [each.uri, { ...each, target: targets[i]! }]));
  const written = await audioBatch("Normalizing", [...byUri.keys()], async (uri, options) => {
    const { plan, target: path } = byUri.get(uri)!;
    const { clipped } = await saveWithGain(tools, { uri, gain: plan.gain, target: path }, options);
    return { plan, path, clipped };
  });
  showOutcome(written);
  showFailures({ failed: [...measured.failed, ...written.failed] }, "normalized");
}

async function planFor(
  tools: AudioTools,
  uri: vscode.Uri,
  target: NormalizeTarget,
  options: Parameters<typeof measureAudio>[2],
): Promise<Planned> {
  refuseIfEdited(tools.services, uri.fsPath);
  const { measurement } = await measureAudio(tools, uri, options);
  const plan = planNormalizing(measurement, target);
  if (typeof plan === "string") throw new Error(plan);
  return { uri, measured: measurement, plan };
}

const STAY_BELOW = `Stay at ${ADVISED_TRUE_PEAK} dBTP`;
const GO_OVER = "Use the Full Gain";

/** Asks where true peaks would pass what is advised. @returns `undefined` if the user changed their mind */
async function withSafePeaks(
  plans: readonly Planned[],
  { kind, level }: NormalizeTarget,
): Promise<readonly Planned[] | undefined> {
  // Whoever asks for a true peak knows what it is.
  if (kind === "truePeak") return plans;
  const high = plans.filter(({ plan }) => passes(plan, ADVISED_TRUE_PEAK));
  const [first] = high;
  if (!first) return plans;
  const isClipping = high.some(({ plan }) => passes(plan, 0));
  const limit = isClipping
    ? "0 dBTP, where players and converters clip"
    : `${ADVISED_TRUE_PEAK} dBTP, the usual limit`;
  const question =
    high.length === 1
      ? `At ${level} ${NORMALIZE_UNITS[kind]}, the true peak of ${basename(first.uri.path)} would pass ${limit}.`
      : `At ${level} ${NORMALIZE_UNITS[kind]}, true peaks of ${high.length} files would pass ${limit}.`;
  const detail = high
    .slice(0, 10)
    .map((each) => peakLine(each))
    .join("\n");
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail },
    STAY_BELOW,
    GO_OVER,
  );
  if (answer === undefined) return undefined;
  if (answer === GO_OVER) return plans;
  return plans.map((each) => ({ ...each, plan: limitedPlan(each.measured, each.plan, ADVISED_TRUE_PEAK) }));
}

/** `a.wav: +1.20 dBTP with +6.2 dB; at -1 dBTP it gets +4.0 dB, -16.2 LUFS` */
function peakLine({ uri, measured, plan }: Planned): string {
  const limited = limitedPlan(measured, plan, ADVISED_TRUE_PEAK);
  return (
    `${basename(uri.path)}: ${formatTruePeak(plan.after.truePeak)} with ${formatGain(plan.gain)}; ` +
    `at ${ADVISED_TRUE_PEAK} dBTP it gets ${formatGain(limited.gain)}, ${formatLufs(limited.after.integrated)}`
  );
}

const REPLACE = "Replace";

/** @returns the path to write for each file; `undefined` if the user changed their mind */
async function chooseTargets(plans: readonly Planned[]): Promise<readonly string[] | undefined> {
  const paths = plans.map(({ uri }) => uri.fsPath);
  const readOnly = paths.find((path) => readOnlyReason(path) !== null || writtenContainer(path) !== "wav");
  const [first] = paths;
  const many = paths.length > 1;
  const copy = {
    label: many ? "Write copies" : "Write a copy",
    description: many
      ? "NAME-normalized.wav beside each file"
      : basename(copyPath(first!, "-normalized", "wav")),
    isInPlace: false,
  };
  const inPlace = {
    label: many ? "Replace the files" : "Replace the file",
    description: "tags, markers and other chunks are kept",
    isInPlace: true,
  };
  const choice = await vscode.window.showQuickPick(readOnly === undefined ? [copy, inPlace] : [copy], {
    title: "Normalize",
    placeHolder:
      readOnly === undefined
        ? "Where the result goes"
        : `Where the result goes (${basename(readOnly)} cannot be replaced: only WAV files are written in place)`,
  });
  if (!choice) return undefined;
  if (!choice.isInPlace) {
    const sources = new Set(paths);
    const copies = paths.map((path) => copyPath(path, "-normalized", "wav"));
    return freeTargets(copies, (path) => sources.has(path));
  }
  const what = many ? `${paths.length} files` : basename(first!);
  const detail = `The gain changes by ${gainsOf(plans)}. This cannot be undone.`;
  const answer = await vscode.window.showWarningMessage(`Replace ${what}?`, { modal: true, detail }, REPLACE);
  return answer === REPLACE ? paths : undefined;
}

function gainsOf(plans: readonly Planned[]): string {
  const gains = plans.map(({ plan }) => plan.gain).sort((a, b) => a - b);
  const [lowest, highest] = [formatGain(gains[0]), formatGain(gains.at(-1))];
  return lowest === highest ? lowest : `${lowest} to ${highest}`;
}

/** @param highest true peak of all, dBTP */
function outcomeWarning(highest: number, files: number): string {
  if (!isOverFullScale(highest)) return "";
  const whose = files > 1 ? "The highest true peak" : "The true peak";
  return (
    ` ${whose} is ${formatRatio(highest)} over full scale, where players and converters clip: ` +
    `apply a limiter, or normalize to true peak.`
  );
}

function showOutcome({
  done,
  isCancelled,
}: Batch<{ plan: NormalizePlan; path: string; clipped: number }>): void {
  const [first] = done;
  if (!first) return;
  const { plan, path } = first.value;
  const { integrated, truePeak } = plan.after;
  const levels = `now ${formatLufs(integrated)}, true peak ${formatTruePeak(truePeak)}`;
  const what =
    done.length === 1
      ? `${basename(path)}: ${formatGain(plan.gain)}, ${levels}.`
      : `Normalized ${done.length} files.`;
  const highest = Math.max(...done.map(({ value }) => value.plan.after.truePeak ?? -Infinity));
  const peaks = outcomeWarning(highest, done.length);
  const clipped = done.reduce((sum, { value }) => sum + value.clipped, 0);
  const loss = clipped > 0 ? ` ${clipped} samples passed full scale and were clipped.` : "";
  const rest = isCancelled ? " The rest was cancelled." : "";
  void vscode.window[peaks + loss === "" ? "showInformationMessage" : "showWarningMessage"](
    what + peaks + loss + rest,
  );
}
