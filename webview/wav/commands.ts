/** What the user can do, by the names that VS Code commands have: for buttons, menus, keys and the host. */
import type { WavViewCommand } from "../../src/protocol/wavProtocol.js";
import type { IconName } from "../shared/icons.js";
import type { EditDialogs } from "./dialogs/editDialogs.js";
import { addMarker, goToFinding, nextMarkOf } from "./jumps.js";
import type { Transport } from "./transport.js";
import type { WavModel } from "./wavModel.js";

export interface Command {
  readonly label: string;
  readonly icon?: IconName;
  /** As {@link keyOf} names keys. */
  readonly keys?: readonly string[];
  readonly isEnabled: () => boolean;
  readonly run: () => void;
}

export type CommandTable = Readonly<Record<WavViewCommand, Command>>;

export interface CommandContext {
  readonly model: WavModel;
  readonly transport: Transport;
  readonly dialogs: EditDialogs;
  readonly showHelp: () => void;
  readonly showTab: (tab: "measure" | "process") => void;
}

export function commandTable(context: CommandContext): CommandTable {
  return {
    ...playCommands(context),
    ...viewCommands(context),
    ...clipboardCommands(context),
    ...editCommands(context),
  };
}

function playCommands({ model, transport }: CommandContext) {
  const isEnabled = (): boolean => model.frames > 0;
  const goTo = (frame: number): void => {
    model.moveCursor(frame, false);
    transport.seek(frame);
  };
  return {
    playPause: {
      label: "Play or pause",
      icon: "play",
      keys: ["Space"],
      isEnabled,
      run: () => transport.toggle(),
    },
    stop: { label: "Stop", icon: "stop", isEnabled, run: () => transport.stop() },
    loop: { label: "Loop", icon: "loop", keys: ["L"], isEnabled, run: () => transport.toggleLoop() },
    playSelection: {
      ...{ label: "Play selection", keys: ["Shift+Space"] },
      isEnabled: () => model.hasSelection,
      run: () => transport.playSelection(),
    },
    goToStart: { label: "Go to start", icon: "start", keys: ["Home"], isEnabled, run: () => goTo(0) },
    goToEnd: { label: "Go to end", keys: ["End"], isEnabled, run: () => goTo(model.frames) },
  } satisfies Partial<CommandTable>;
}

function viewCommands({ model, transport, showHelp, showTab }: CommandContext) {
  const isEnabled = (): boolean => model.frames > 0;
  const jump = (frame: number): void => {
    model.moveCursor(frame, false);
    transport.seek(frame);
  };
  const hasFindings = (): boolean => (model.state.findings?.length ?? 0) > 0;
  return {
    zoomIn: { label: "Zoom in", icon: "zoomIn", keys: ["+", "="], isEnabled, run: () => model.zoom(1 / 1.5) },
    zoomOut: { label: "Zoom out", icon: "zoomOut", keys: ["-"], isEnabled, run: () => model.zoom(1.5) },
    zoomFit: {
      label: "Show everything",
      icon: "zoomFit",
      keys: ["0", "1"],
      isEnabled,
      run: () => model.fit(),
    },
    zoomSelection: {
      ...{ label: "Zoom to selection", icon: "zoomSelection", keys: ["E", "2"] },
      isEnabled: () => model.hasSelection,
      run: () => model.showSpan(model.span),
    },
    selectAll: {
      ...{ label: "Select all", keys: ["Ctrl+A"], isEnabled },
      run: () => model.selectSpan({ start: 0, end: model.frames }),
    },
    selectNone: {
      ...{ label: "Select nothing", keys: ["Ctrl+Shift+A"] },
      isEnabled: () => model.hasSelection,
      run: () => model.select({ anchor: model.span.start, cursor: model.span.start }),
    },
    nextMarker: {
      ...{ label: "Next marker", keys: [".", "Ctrl+ArrowRight"], isEnabled },
      run: () => jump(nextMarkOf(model, 1)),
    },
    previousMarker: {
      ...{ label: "Previous marker", keys: [",", "Ctrl+ArrowLeft"], isEnabled },
      run: () => jump(nextMarkOf(model, -1)),
    },
    nextFinding: {
      label: "Next finding",
      keys: ["N"],
      isEnabled: hasFindings,
      run: () => goToFinding(model, 1),
    },
    previousFinding: {
      ...{ label: "Previous finding", keys: ["P"], isEnabled: hasFindings },
      run: () => goToFinding(model, -1),
    },
    measureSelection: {
      ...{ label: "Measure selection", keys: ["Shift+M"] },
      isEnabled: () => model.hasSelection,
      run: () => showTab("measure"),
    },
    toggleSpectrogram: {
      ...{ label: "Show waveform, spectrogram or both", icon: "spectrogram", keys: ["S"], isEnabled },
      run: () => {
        const views = ["waveform", "both", "spectrogram"] as const;
        model.changeSettings({ view: views[(views.indexOf(model.settings.view) + 1) % 3]! });
      },
    },
    help: { label: "Keys", icon: "help", keys: ["?"], isEnabled: () => true, run: showHelp },
  } satisfies Partial<CommandTable>;
}

function clipboardCommands({ model }: CommandContext) {
  const canEditRange = (): boolean => model.canEdit && model.hasSelection;
  const afterRemoval = (request: { type: "cut" | "delete"; range: { start: number; end: number } }): void => {
    const { start } = request.range;
    void model.edit(request).then((isDone) => {
      if (isDone) model.select({ anchor: start, cursor: start });
    });
  };
  return {
    cut: {
      ...{ label: "Cut", icon: "cut", keys: ["Ctrl+X"], isEnabled: canEditRange },
      run: () => afterRemoval({ type: "cut", range: model.span }),
    },
    copy: {
      ...{ label: "Copy", icon: "copy", keys: ["Ctrl+C"] },
      isEnabled: () => model.hasSelection,
      run: () => void model.ask("copy", model.span).catch(() => undefined),
    },
    paste: {
      ...{ label: "Paste", icon: "paste", keys: ["Ctrl+V"] },
      isEnabled: () => model.canEdit && model.state.canPaste,
      run: () => void paste(model),
    },
    delete: {
      ...{ label: "Delete", icon: "delete", keys: ["Delete", "Backspace"], isEnabled: canEditRange },
      run: () => afterRemoval({ type: "delete", range: model.span }),
    },
  } satisfies Partial<CommandTable>;
}

/** What was pasted is selected. */
async function paste(model: WavModel): Promise<void> {
  const { span, frames } = model;
  if (!(await model.edit({ type: "paste", range: span }))) return;
  const added = model.frames - frames + (span.end - span.start);
  if (added > 0) model.selectSpan({ start: span.start, end: span.start + added });
}

function editCommands({ model, dialogs, showTab }: CommandContext) {
  const canEdit = (): boolean => model.canEdit;
  const canEditRange = (): boolean => model.canEdit && model.hasSelection;
  const canEditAny = (): boolean => model.canEdit && model.frames > 0;
  return {
    trim: {
      ...{ label: "Trim to selection", icon: "trim", keys: ["Ctrl+Shift+T"], isEnabled: canEditRange },
      run: () =>
        void model.edit({ type: "trim", range: model.span }).then((isDone) => {
          if (isDone) model.fit();
        }),
    },
    silence: {
      ...{ label: "Silence", keys: ["Ctrl+Shift+L"], isEnabled: canEditRange },
      run: () => void model.edit({ type: "silence", range: model.span }),
    },
    insertSilence: { label: "Insert silence…", isEnabled: canEdit, run: () => dialogs.insertSilence() },
    fadeIn: {
      ...{ label: "Fade in…", icon: "fadeIn", keys: ["F"], isEnabled: canEditRange },
      run: () => dialogs.fade("in"),
    },
    fadeOut: {
      ...{ label: "Fade out…", icon: "fadeOut", keys: ["Shift+F"], isEnabled: canEditRange },
      run: () => dialogs.fade("out"),
    },
    gain: { label: "Gain…", icon: "gain", keys: ["G"], isEnabled: canEditAny, run: () => dialogs.gain() },
    normalize: {
      ...{ label: "Normalize…", icon: "normalize", keys: ["Shift+N"], isEnabled: canEditAny },
      run: () => dialogs.normalize(),
    },
    removeDc: {
      ...{ label: "Remove DC offset", isEnabled: canEditAny },
      run: () => void model.edit({ type: "removeDc", range: model.rangeOrAll }),
    },
    reverse: {
      ...{ label: "Reverse", keys: ["R"], isEnabled: canEditAny },
      run: () => void model.edit({ type: "reverse", range: model.rangeOrAll }),
    },
    invert: { label: "Invert polarity…", keys: ["I"], isEnabled: canEditAny, run: () => dialogs.invert() },
    swapChannels: {
      ...{ label: "Swap channels" },
      isEnabled: () => canEditAny() && model.audio.channels === 2,
      run: () => void model.edit({ type: "swapChannels", range: model.rangeOrAll }),
    },
    channels: { label: "Channels…", isEnabled: canEditAny, run: () => dialogs.channels() },
    resample: { label: "Sample rate…", isEnabled: canEditAny, run: () => dialogs.resample() },
    format: { label: "Bit depth and dither…", isEnabled: canEdit, run: () => dialogs.format() },
    inserts: { label: "Effects…", isEnabled: canEditAny, run: () => showTab("process") },
    addMarker: {
      label: "Add marker",
      icon: "marker",
      keys: ["M"],
      isEnabled: canEdit,
      run: () => addMarker(model),
    },
  } satisfies Partial<CommandTable>;
}
