import type { Finding } from "../../../src/protocol/wavProtocol.js";
import { channelNames } from "../../../src/viewmodel/channelNames.js";
import { positionText } from "../../../src/viewmodel/timeRuler.js";
import { element } from "../../shared/element.js";
import { showFinding } from "../jumps.js";
import type { WavModel } from "../wavModel.js";
import { hasAny, type WavPart } from "../wavPart.js";

const NAMES: Readonly<Record<Finding["kind"], string>> = {
  clipping: "Clipping",
  click: "Click",
  silence: "Silence",
  dc: "DC offset",
};
/** Rows shown at most; the rest is counted. */
const MOST = 500;

/** What deserves a look, as a list to jump by. */
export function findingsPanel(model: WavModel): WavPart {
  const summary = element("p", { class: "note", role: "status" });
  const list = element("ul", { class: "findings" });
  let shown: readonly Finding[] | null | undefined;
  let shownFault: string | null = null;
  let shownUnits = "";
  return {
    element: element("div", {}, summary, list),
    show(_, topics) {
      if (!hasAny(topics, "state", "audio")) return;
      const { findings, unmeasured } = model.state;
      const units = JSON.stringify(model.rulerUnits);
      if (findings === shown && unmeasured === shownFault && units === shownUnits) return;
      shown = findings;
      shownFault = unmeasured;
      shownUnits = units;
      summary.textContent = summaryOf(findings, unmeasured);
      list.replaceChildren(...(findings ?? []).slice(0, MOST).map((finding) => row(model, finding)));
    },
  };
}

function summaryOf(findings: readonly Finding[] | null, unmeasured: string | null): string {
  if (findings === null && unmeasured !== null) return `The audio could not be searched. ${unmeasured}`;
  if (findings === null) return "Looking for clipping, clicks, silence and DC…";
  if (findings.length === 0) return "No clipping, no clicks, no silence, no DC offset.";
  const rest = findings.length > MOST ? `; the first ${MOST} are listed` : "";
  return `${findings.length} ${findings.length === 1 ? "finding" : "findings"}${rest}. N and P go through them.`;
}

function row(model: WavModel, finding: Finding): HTMLElement {
  const { kind, range, channel, text } = finding;
  const names = channelNames(model.audio.channels, model.state.facts?.channelMask ?? 0);
  const where = channel >= 0 && names.length > 1 ? ` ${names[channel] ?? ""}` : "";
  const control = element(
    "button",
    { type: "button", class: `finding ${kind}` },
    element("span", { class: "kind" }, `${NAMES[kind]}${where}`),
    element("span", { class: "time" }, positionText(range.start, model.rulerUnits)),
    element("span", { class: "text" }, text),
  );
  control.addEventListener("click", () => showFinding(model, finding));
  return element("li", {}, control);
}
