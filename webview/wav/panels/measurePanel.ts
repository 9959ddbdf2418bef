import type { FrameRange, Measurement } from "../../../src/protocol/wavProtocol.js";
import { channelNames } from "../../../src/viewmodel/channelNames.js";
import {
  formatLu,
  formatLufs,
  formatNumber,
  formatTruePeak,
  NO_VALUE,
} from "../../../src/viewmodel/formats.js";
import { positionText } from "../../../src/viewmodel/timeRuler.js";
import { element, linkButton, spoken } from "../../shared/element.js";
import { icon } from "../../shared/icons.js";
import { progressRing } from "../../shared/toolkit.js";
import type { WavModel } from "../wavModel.js";
import { hasAny, type WavPart } from "../wavPart.js";

/** A selection is measured once it has not changed for this long. */
const REST_MILLISECONDS = 350;

/** Loudness, peaks and the rest, of the file and of the selection side by side. */
export function measurePanel(model: WavModel): WavPart {
  const table = element("table", { class: "figures" });
  const head = element(
    "thead",
    {},
    element("tr", {}, element("td"), columnHead("File"), columnHead("Selection")),
  );
  const body = element("tbody");
  table.append(
    element("caption", { class: "spoken" }, "Measurements of the file and of the selection"),
    head,
    body,
  );
  const fault = element("p", { class: "note", role: "alert" });
  let ofSelection: Measured = null;
  let wanted = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  const measure = async (range: FrameRange, key: string): Promise<void> => {
    let found: Measured;
    try {
      found = await model.ask("measure", { revision: model.audio.revision, range });
    } catch (error) {
      found = { fault: error instanceof Error ? error.message : String(error) };
    }
    if (key !== wanted) return;
    ofSelection = found;
    model.touch("state");
  };
  const follow = (): void => {
    const { span, hasSelection, audio } = model;
    const key = hasSelection ? `${audio.revision} ${span.start} ${span.end}` : "";
    if (key === wanted) return;
    wanted = key;
    ofSelection = key === "" ? null : "measuring";
    clearTimeout(timer);
    if (key !== "") timer = setTimeout(() => void measure(span, key), REST_MILLISECONDS);
  };
  return {
    element: element("div", {}, table, fault),
    show(_, topics) {
      if (!hasAny(topics, "state", "selection", "audio")) return;
      follow();
      const ofFile = measuredFile(model);
      table.setAttribute("aria-busy", String([ofFile, ofSelection].includes("measuring")));
      body.replaceChildren(...rows(model, ofFile, ofSelection));
      const text = [...faultOf("file", ofFile), ...faultOf("selection", ofSelection)].join(" ");
      // Written anew, it would be read out again.
      if (fault.textContent !== text) fault.textContent = text;
    },
  };
}

const columnHead = (label: string): HTMLElement => element("th", { scope: "col" }, label);

/** `null`: there is nothing to measure. */
type Measured = Measurement | "measuring" | { readonly fault: string } | null;

function measuredFile({ state: { measurement, unmeasured }, frames }: WavModel): Measured {
  if (measurement) return measurement;
  if (unmeasured !== null) return { fault: unmeasured };
  return frames > 0 ? "measuring" : null;
}

function faultOf(what: string, measured: Measured): string[] {
  if (measured === null || measured === "measuring" || !("fault" in measured)) return [];
  return [`The ${what} could not be measured. ${measured.fault}`];
}

type Cell = string | HTMLElement;

function rows(model: WavModel, file: Measured, selection: Measured): HTMLElement[] {
  const cell = (of: Measured, value: (of: Measurement) => Cell, nothing: string): Cell => {
    if (of === null) return nothing;
    if (of === "measuring") return progressRing();
    if (!("fault" in of)) return value(of);
    return element("span", { class: "broken", title: of.fault }, icon("error"), spoken("not measured"));
  };
  const row = (label: string, title: string, value: (of: Measurement) => Cell): HTMLElement =>
    element(
      "tr",
      {},
      element("th", { scope: "row", title }, label),
      element("td", {}, cell(file, value, NO_VALUE)),
      element("td", {}, cell(selection, value, "")),
    );
  const names = channelNames(model.audio.channels, model.state.facts?.channelMask ?? 0);
  return [
    row("Integrated", "Loudness, gated (BS.1770)", (of) => formatLufs(of.integrated)),
    row("Short-term max", "Highest loudness of 3 s", (of) => formatLufs(of.shortTermMax)),
    row("Momentary max", "Highest loudness of 400 ms", (of) => formatLufs(of.momentaryMax)),
    row("Range", "Loudness range, LRA (Tech 3342)", (of) => formatLu(of.lra)),
    row("True peak", "Highest peak between the samples; press to go there", (of) => truePeak(model, of)),
    row("Sample peak", "Highest sample", (of) => level(of.samplePeak, 2, "dBFS")),
    row("PLR", "Peak to loudness ratio: true peak less integrated loudness", (of) => level(of.plr, 1, "dB")),
    row("Crest", "Sample peak less RMS", (of) => level(of.crest, 1, "dB")),
    row("Correlation", "Of left and right: 1 in phase, -1 opposite", (of) => formatNumber(of.correlation, 2)),
    ...names.map((name, i) =>
      row(names.length > 1 ? `DC ${name}` : "DC", "Mean of the samples", (of) => dcText(of.dcOffsets[i])),
    ),
  ];
}

function truePeak(model: WavModel, { truePeak: peak, truePeakAt }: Measurement): Cell {
  if (truePeakAt === null) return formatTruePeak(peak);
  const link = linkButton(formatTruePeak(peak), () => model.moveCursor(truePeakAt, false));
  link.title = `At ${positionText(truePeakAt, model.rulerUnits)}`;
  link.classList.toggle("broken", (peak ?? -1) > 0);
  return link;
}

const level = (value: number | null, digits: number, unit: string): string =>
  value === null ? NO_VALUE : `${formatNumber(value, digits)} ${unit}`;

function dcText(offset: number | undefined): string {
  return offset === undefined ? NO_VALUE : `${(offset * 100).toFixed(3)} %`;
}
