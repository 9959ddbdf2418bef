import type { AudioFacts, StorageFormat } from "../../../src/protocol/wavProtocol.js";
import { formatSampleRate } from "../../../src/viewmodel/formats.js";
import { lengthText } from "../../../src/viewmodel/timeRuler.js";
import { element } from "../../shared/element.js";
import { button } from "../../shared/toolkit.js";
import { formatFields } from "../dialogs/editDialogs.js";
import type { WavModel } from "../wavModel.js";
import { hasAny, type WavPart } from "../wavPart.js";
import { tagsForm } from "./tagsForm.js";

/** What the file says of itself: format, chunks, tags (to be edited), and how it is to be stored. */
export function filePanel(model: WavModel): WavPart {
  const facts = element("dl", { class: "facts" });
  const warnings = element("ul", { class: "warnings" });
  const chunks = element("tbody");
  const foreign = element("dl", { class: "facts" });
  const tags = tagsForm(model);
  const storage = storageForm(model);
  const whole = element(
    "div",
    {},
    facts,
    warnings,
    heading("Tags"),
    tags.element,
    foreign,
    heading("Stored at the next save as"),
    storage.element,
    heading("Chunks"),
    element(
      "table",
      { class: "figures chunks" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["Id", "Contents", "Bytes"].map((name) => element("th", { scope: "col" }, name)),
        ),
      ),
      chunks,
    ),
  );
  let shown: AudioFacts | null = null;
  return {
    element: whole,
    show(_, topics) {
      if (!hasAny(topics, "state", "audio")) return;
      const { facts: of } = model.state;
      tags.show(model, topics);
      storage.show(model, topics);
      if (of === null) return;
      facts.replaceChildren(...pairs(rowsOf(model, of)));
      if (of === shown) return;
      shown = of;
      warnings.replaceChildren(...of.warnings.map((warning) => element("li", {}, warning)));
      foreign.replaceChildren(
        ...pairs(
          of.tags
            .filter(({ origin }) => origin !== "INFO" && origin !== "bext")
            .map(({ origin, name, value }): [string, string] => [`${name} (${origin})`, value]),
        ),
      );
      chunks.replaceChildren(
        ...of.chunks.map(({ id, meaning, size, offset }) =>
          element(
            "tr",
            { title: `From byte ${offset}` },
            element("th", { scope: "row" }, element("code", {}, id)),
            element("td", { class: "text" }, meaning),
            element("td", {}, size.toLocaleString("en")),
          ),
        ),
      );
    },
  };
}

const heading = (text: string): HTMLElement => element("h2", {}, text);

const pairs = (rows: readonly (readonly [string, string])[]): HTMLElement[] =>
  rows.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value)));

function rowsOf(model: WavModel, facts: AudioFacts): [string, string][] {
  const { audio } = model;
  const units = { ...model.rulerUnits, kind: "time" as const };
  return [
    ["Format", `${facts.container}, ${facts.codec}`],
    [
      "Sample rate",
      `${formatSampleRate(audio.sampleRate)}${audio.sampleRate === facts.sampleRate ? "" : ` (file: ${formatSampleRate(facts.sampleRate)})`}`,
    ],
    ["Channels", String(audio.channels)],
    ["Length", `${lengthText(audio.frames, units)} (${audio.frames.toLocaleString("en")} samples)`],
    ["Size", sizeText(facts.bytes)],
    ["Bit rate", `${Math.round(facts.bitRate / 1000).toLocaleString("en")} kbit/s`],
    ["Loops", facts.loops.length === 0 ? "none" : String(facts.loops.length)],
  ];
}

function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return bytes >= 1e3 ? `${(bytes / 1e3).toFixed(1)} kB` : `${bytes} bytes`;
}

function storageForm(model: WavModel): WavPart {
  const { depth, dither } = formatFields(model.audio.format, (format) => {
    if (model.canEdit) void model.edit({ type: "format", format });
    else model.touch("state");
  });
  const save = button({ label: "Save", isPrimary: true, onPress: () => act("save") });
  const saveAs = button({ label: "Save as…", onPress: () => act("saveAs") });
  const convert = button({
    ...{ label: "Convert…", description: "Write the audio to another file or format" },
    onPress: () => act("convert"),
  });
  const act = (action: "save" | "saveAs" | "convert"): void =>
    void model.ask("act", action).catch(() => undefined);
  let shown: StorageFormat | undefined;
  return {
    element: element(
      "div",
      {},
      depth.element,
      dither.element,
      element("div", { class: "actions" }, save, saveAs, convert),
    ),
    show() {
      const { format, isDirty } = model.audio;
      for (const { control } of [depth, dither]) control.toggleAttribute("disabled", !model.canEdit);
      save.toggleAttribute("disabled", !isDirty || !model.canEdit);
      // What the user has just chosen, and what the host then says, is the same.
      if (format === shown) return;
      shown = format;
      depth.write(String(format.bitDepth));
      dither.write(format.dither);
    },
  };
}
