import type { AlbumView } from "../../src/protocol/albumProtocol.js";
import { formatPercent } from "../../src/viewmodel/formats.js";
import { element } from "../shared/element.js";
import { targetFields } from "./targetFields.js";
import { button } from "../shared/toolkit.js";
import type { AlbumCommands, Part } from "./part.js";

/** Title, target, the buttons, and the progress of a run. */
export function albumHeader({ act, edit }: AlbumCommands): Part {
  const title = element("h1");
  const artist = element("span", { class: "artist" });
  const target = targetFields(edit);
  const delivers = element("p", { class: "target" });
  const preset = button({
    label: "Preset\u2026",
    description: "Write a mastering preset into the album: chain, limiter and target",
    onPress: () => act("applyPreset"),
  });
  const master = button({ label: "Master Album", isPrimary: true, onPress: () => act("master") });
  const cancel = button({ label: "Cancel", onPress: () => act("cancel") });
  const report = button({
    label: "Report",
    description: "Show the mastering report",
    onPress: () => act("showReport"),
  });
  const folder = button({
    label: "Folder",
    description: "Open the folder with the masters",
    onPress: () => act("openFolder"),
  });
  const text = button({
    label: "Text",
    description: "Open the album document as text",
    onPress: () => act("openAsText"),
  });
  const progress = progressBar();
  return {
    element: element(
      "header",
      { class: "header" },
      element(
        "div",
        { class: "names" },
        element("div", { class: "title" }, title, artist),
        target.element,
        delivers,
      ),
      element("div", { class: "actions" }, text, folder, report, preset, cancel, master),
      progress.element,
    ),
    show(state) {
      const { album, masters } = state;
      title.textContent = album?.title ?? "Album";
      artist.textContent = album?.artist ?? "";
      target.show(state);
      delivers.replaceChildren(...(album ? deliverySummary(album) : []));
      preset.toggleAttribute("disabled", !state.isCurrent || state.progress !== null);
      const isRunning = state.progress !== null;
      master.hidden = isRunning;
      cancel.hidden = !isRunning;
      report.hidden = folder.hidden = !masters;
      master.toggleAttribute("disabled", !state.isCurrent || !album);
      progress.show(state);
    },
  };
}

function deliverySummary({ deliveries, output }: AlbumView): HTMLElement[] {
  return [
    element("span", { class: "name" }, "Delivers "),
    element("span", {}, `${deliveries.join(", ")} to ${output}/`),
  ];
}

/** How far the run is, as a bar and in words. */
function progressBar(): Part {
  const bar = element("div", {
    class: "bar",
    role: "progressbar",
    "aria-label": "Master Album",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
  });
  const words = element("p", { class: "words" });
  // Screen readers hear of the start and the end, not of every percent.
  const announcement = element("p", { class: "spoken", role: "status" });
  const whole = element("div", { class: "progress" }, bar, words, announcement);
  let wasRunning = false;
  return {
    element: whole,
    show({ progress, masters }) {
      bar.hidden = words.hidden = progress === null;
      if (progress) {
        const { fraction, song, songs, title, stage } = progress;
        bar.style.setProperty("--done", String(fraction));
        bar.setAttribute("aria-valuenow", String(Math.floor(fraction * 100)));
        words.textContent =
          songs === 0
            ? "Starting…"
            : `${formatPercent(fraction)}, song ${song + 1} of ${songs}, ${title}: ${stage}…`;
      }
      if (wasRunning !== (progress !== null)) {
        announcement.textContent = progress
          ? "Mastering has started."
          : masters
            ? "Mastering has ended."
            : "";
        wasRunning = progress !== null;
      }
    },
  };
}
