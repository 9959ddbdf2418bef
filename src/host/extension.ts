/** Wires the extension together. Whatever is heavy is loaded when it is first needed. */
import * as vscode from "vscode";
import { MIX_VIEW_COMMANDS } from "../protocol/mixProtocol.js";
import { WAV_VIEW_COMMANDS } from "../protocol/wavProtocol.js";
import { registerLanguageModelTools } from "./agents/languageModelTools.js";
import { AlbumRuns } from "./albumRuns.js";
import { AudioFeatures } from "./audio/audioFeatures.js";
import { CheckTests } from "./checks/checkTests.js";
import { registerTasks } from "./checks/tasks.js";
import { ALBUM, MIX } from "./commands/chooseDocument.js";
import { MasteringFeatures } from "./commands/masteringFeatures.js";
import { openAsText, openWith } from "./commands/openWith.js";
import { DocumentDiagnostics } from "./diagnostics.js";
import { AlbumEditor } from "./editors/albumEditor.js";
import { MIX_VIEW_TYPE, MixEditor } from "./editors/mixEditor.js";
import { WavEditor } from "./editors/wavEditor.js";
import { LanguageFeatures } from "./language/languageFeatures.js";
import { MarkdownDocuments } from "./markdownDocuments.js";
import { MixFeatures } from "./mix/mixFeatures.js";
import { OverviewCache } from "./overviewCache.js";
import { StudioService } from "./studioService.js";
import { renderLog, type RenderLog } from "./views/renderLog.js";
import { registerViews } from "./views/views.js";
import { WavServices } from "./wav/wavServices.js";
import { WavStatusBar } from "./wavStatusBar.js";

/** Ended by `deactivate`, which VS Code waits for. */
let studio: StudioService | undefined;

/** What the suites in the extension host look into; nobody else gets anything. */
export interface TestAccess {
  readonly wavEditor: WavEditor;
  readonly checkTests: CheckTests;
  readonly renders: RenderLog;
}

export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const { extensionPath, extensionUri, globalStorageUri, subscriptions } = context;
  studio = new StudioService(extensionPath, globalStorageUri.fsPath);
  const runs = new AlbumRuns(studio);
  const overviews = new OverviewCache(studio);
  const audio = new WavServices(studio, globalStorageUri.fsPath);
  const wavEditor = new WavEditor(extensionUri, audio);
  const mixEditor = new MixEditor(extensionUri, audio);
  const documents = new MarkdownDocuments();
  const checkTests = new CheckTests(studio);
  const { registerCommand } = vscode.commands;
  subscriptions.push(
    runs,
    new DocumentDiagnostics(runs),
    new LanguageFeatures(overviews),
    checkTests,
    registerTasks(extensionPath),
    registerLanguageModelTools(studio),
    AlbumEditor.register({ extensionUri, runs, studio, overviews }),
    audio,
    wavEditor,
    mixEditor,
    new WavStatusBar(wavEditor),
    documents,
    new AudioFeatures(studio, audio, documents),
    new MixFeatures(studio, documents),
    new MasteringFeatures(runs, studio),
    registerViews(runs),
    ...WAV_VIEW_COMMANDS.map((command) =>
      registerCommand(`headroom.wav.${command}`, () => wavEditor.tell(command)),
    ),
    ...MIX_VIEW_COMMANDS.map((command) =>
      registerCommand(`headroom.mix.${command}`, () => mixEditor.tell(command)),
    ),
    registerCommand("headroom.openAsText", (argument: unknown) => openAsText(argument)),
    registerCommand("headroom.openAlbumEditor", (argument: unknown) =>
      openWith(argument, ALBUM, AlbumEditor.viewType),
    ),
    registerCommand("headroom.openMixer", (argument: unknown) => openWith(argument, MIX, MIX_VIEW_TYPE)),
  );
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { wavEditor, checkTests, renders: renderLog }
    : undefined;
}

export async function deactivate(): Promise<void> {
  await studio?.dispose();
}
