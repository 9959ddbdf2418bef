import * as vscode from "vscode";
import type { SongInput } from "../../mastering/openSong.js";
import type { Playable } from "../../protocol/mixProtocol.js";
import type { UseStudio } from "../wav/wavStudio.js";
import type { MixStream } from "./mixStream.js";

type By = Playable["by"];

const SETTING = "headroom.mix.playback";
/** The Windows Subsystem for Linux: remote in name only. */
const SAME_MACHINE = "wsl";
const IN_EDITOR: By = { place: "worklet" };

export interface MixPlaybackServices {
  readonly use: UseStudio;
  /** Where rendered mixes lie while they play, absolute path. */
  readonly streamFolder: string;
}

/** Where an open session is rendered while it plays, and the sound of it where that is the host. */
export class MixPlayback implements vscode.Disposable {
  readonly #services: MixPlaybackServices;
  readonly #settings: vscode.Disposable;
  #song: SongInput | undefined;
  #stream: Promise<MixStream> | undefined;
  #isOverloaded = false;

  /** @param onChange called when it is rendered elsewhere from now on */
  constructor(services: MixPlaybackServices, onChange: () => void) {
    this.#services = services;
    this.#settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTING)) onChange();
    });
  }

  get by(): By {
    const setting = vscode.workspace.getConfiguration().get<string>(SETTING, "auto");
    if (setting === "editor") return IN_EDITOR;
    if (setting === "host") return host(`The setting ${SETTING} says so.`);
    const { remoteName } = vscode.env;
    if (remoteName !== undefined && remoteName !== SAME_MACHINE)
      return host(`The files are on another machine (${remoteName}): only the mix travels here.`);
    if (this.#isOverloaded)
      return host("The session takes more computing than one processor of this page gives in time.");
    return IN_EDITOR;
  }

  /** The page cannot keep up. */
  overload(): void {
    this.#isOverloaded = true;
  }

  /** Goes over to what the session says now; `text` may not be saved. */
  follow(song: SongInput): void {
    this.#song = song;
    void this.#end();
  }

  /** See {@link MixStream.read}; the first sound that is asked for starts the rendering. */
  async read(start: number, count: number): Promise<Float32Array[] | null> {
    const song = this.#song;
    if (!song) throw new Error("The session is not read yet.");
    this.#stream ??= import("./mixStream.js").then(
      ({ MixStream }) => new MixStream(this.#services.use, this.#services.streamFolder, song),
    );
    return (await this.#stream).read(start, count);
  }

  dispose(): void {
    this.#settings.dispose();
    void this.#end();
  }

  async #end(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    await (await stream)?.dispose();
  }
}

function host(reason: string): By {
  return {
    place: "host",
    reason: `${reason} The host renders the mix; moves are heard when they are let go.`,
  };
}
