import type { WavState, WavViewCommand } from "../../src/protocol/wavProtocol.js";
import { element } from "../shared/element.js";
import { showHelp } from "../shared/helpOverlay.js";
import { onThemeChange } from "../shared/theme.js";
import { isTyping } from "../shared/typing.js";
import { commandTable } from "./commands.js";
import { openEditMenu } from "./contextMenu.js";
import { editDialogs } from "./dialogs/editDialogs.js";
import { CURSOR_KEYS, handleKeys, POINTER_HELP } from "./keyboard.js";
import { loudnessLane } from "./loudnessLane.js";
import { messages, placeholder, taskBar } from "./messages.js";
import { PeakTiles } from "./peakTiles.js";
import { filePanel } from "./panels/filePanel.js";
import { findingsPanel } from "./panels/findingsPanel.js";
import { measurePanel } from "./panels/measurePanel.js";
import { processPanel } from "./panels/processPanel.js";
import { spectrumPanel } from "./panels/spectrumPanel.js";
import { viewPanel } from "./panels/viewPanel.js";
import { sidebar } from "./sidebar.js";
import { SpectrogramTiles } from "./spectrogramTiles.js";
import { stage } from "./stage.js";
import { statusLine } from "./statusLine.js";
import { toolbar } from "./toolbar.js";
import { Transport } from "./transport.js";
import { WavModel, type AskHost, type Topics } from "./wavModel.js";
import type { WavPart } from "./wavPart.js";
import { snapSelection } from "./zeroCrossings.js";

export interface WavPage {
  readonly element: HTMLElement;
  /** What the host says has changed. */
  change(part: Partial<WavState>): void;
  run(command: WavViewCommand): void;
}

/** The whole page. */
export function wavPage(state: WavState, ask: AskHost): WavPage {
  const model = new WavModel(state, ask, (topics) => draw(topics));
  const transport = new Transport(model);
  const tiles = { peaks: new PeakTiles(model), spectrogram: new SpectrogramTiles(model) };
  if (state.coarse) tiles.peaks.take(state.coarse);
  const side = sidebar(
    [
      { id: "measure", label: "Measure", panel: measurePanel(model) },
      { id: "spectrum", label: "Spectrum", panel: spectrumPanel(model) },
      { id: "findings", label: "Findings", panel: findingsPanel(model) },
      { id: "file", label: "File", panel: filePanel(model) },
      { id: "process", label: "Process", panel: processPanel(model, transport) },
      { id: "view", label: "View", panel: viewPanel(model) },
    ],
    transport.meters.element,
    () => model.touch("state", "selection", "theme"),
  );
  const commands = commandTable({
    ...{ model, transport },
    dialogs: editDialogs(model),
    showHelp: () =>
      showHelp(Object.values(commands), [
        ["Cursor", CURSOR_KEYS],
        ["Pointer", POINTER_HELP],
      ]),
    showTab: (tab) => side.choose(tab),
  });
  const audio = stage({
    ...{ model, tiles, loudness: loudnessLane() },
    onSeek: (frame) => transport.seek(frame),
    onSelected: () => {
      if (model.snapsToZero) void snapSelection(model);
    },
    playhead: () => transport.playhead,
  });
  const bar = toolbar({
    ...{ model, transport, commands },
    openEditMenu: (at) => openEditMenu(commands, at),
    toggleSidebar: () => side.toggle(),
  });
  const parts: WavPart[] = [
    bar,
    messages(model, () => playbackProblem(transport)),
    taskBar(model),
    placeholder(model),
    audio,
    side,
    statusLine(model),
  ];
  const [tools, notes, task, empty, , , status] = parts.map((part) => part.element);
  const help = element(
    "p",
    { class: "spoken", id: "lanes-help" },
    CURSOR_KEYS.map((row) => row.join(": ")).join(". "),
  );
  const page = element(
    "main",
    { id: "view", class: "wav" },
    ...[
      element("h1", { class: "spoken" }, state.name),
      tools!,
      notes!,
      task!,
      element("div", { class: "body" }, empty!, audio.element, side.element),
      status!,
      help,
    ],
  );
  const draw = (topics: Topics): void => {
    const { facts, failure } = model.state;
    const isShown = facts !== null && failure === null;
    page.classList.toggle("without-audio", !isShown);
    if (topics.has("audio")) transport.followAudio();
    if (topics.has("selection")) transport.followSelection();
    if (transport.isPlaying) {
      followPlayhead(model, transport);
      model.touch("playback");
    }
    for (const part of parts) part.show(model, topics);
  };
  audio.lanes.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    openEditMenu(commands, { x: event.clientX, y: event.clientY });
  });
  handleKeys(model, commands, {
    openMenu() {
      const { left, top } = audio.lanes.getBoundingClientRect();
      openEditMenu(commands, { x: left + 80, y: top + 20 });
    },
    toZeroCrossing: () => void snapSelection(model),
    escape: () => (transport.isPlaying ? transport.stop() : commands.selectNone.run()),
  });
  onThemeChange(() => model.touch("theme", "viewport", "tiles", "audio"));
  return {
    element: page,
    change(part) {
      const before = model.state;
      model.takeState(part);
      if (part.coarse) tiles.peaks.take(part.coarse);
      if (part.overview === 1 && before.overview < 1) tiles.peaks.refreshDrafts();
    },
    run(command) {
      if (document.activeElement && isTyping(document.activeElement)) return;
      if (commands[command].isEnabled()) commands[command].run();
    },
  };
}

function playbackProblem({ report }: Transport): string | null {
  if (report.state === "failed") return report.problem;
  return report.state === "blocked"
    ? "Click anywhere here to start the sound: the browser waits for that."
    : null;
}

/** Turns the page when the playhead leaves the view. */
function followPlayhead(model: WavModel, { playhead }: Transport): void {
  if (playhead === null) return;
  const { start, framesPerPixel, width } = model.viewport;
  const end = start + framesPerPixel * width;
  if (playhead >= end && playhead < end + framesPerPixel * width)
    model.scrollTo(playhead - framesPerPixel * width * 0.02);
}
