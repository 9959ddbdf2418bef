/** Plays the whole album as one programme: sources, masters and reference side by side, heard one at a time. */
import { dB, dbToGain } from "../../../src/units/decibels.js";
import { equalGains, type EqualGains } from "../../../src/viewmodel/equalLoudness.js";
import type { AlbumProgram, ProgramSide, SoundRequest } from "../../../src/protocol/albumProtocol.js";
import { Player, type PlayerReport } from "../../shared/player/player.js";
import type { ListenMatrix } from "../../shared/player/playerMessages.js";
import type { ShownAlbum } from "../part.js";
import { songSides } from "../songSides.js";

export interface AlbumPlayerOptions {
  /** Rejects with a reason for people. */
  readonly listen: () => Promise<AlbumProgram>;
  readonly sound: (request: SoundRequest) => Promise<{ readonly channels: readonly Float32Array[] }>;
  /** Something that is shown has changed; some 50 times a second while it plays. */
  readonly onChange: () => void;
}

/** Where playback stands. */
export interface AlbumPlace {
  /** Position of the song on the album, from 0. */
  readonly song: number;
  /** Seconds from its beginning, and how long it is with its gap. */
  readonly time: number;
  readonly duration: number;
}

/** Seconds before a song's end and after the next one's beginning that are heard of a transition. */
const TRANSITION = 8;
/** Seconds after which going back means the beginning of the song, not the song before. */
const BACK = 2;
const STOPPED: PlayerReport = { state: "stopped", underruns: 0, problem: null };

export class AlbumPlayer {
  readonly #options: AlbumPlayerOptions;
  #state: ShownAlbum | undefined;
  #program: AlbumProgram | undefined;
  /** What the program was opened for. */
  #opened = "";
  #player: Player | undefined;
  #report = STOPPED;
  #isOpening = false;
  #problem: string | null = null;
  #wanted: ProgramSide = "master";
  #isMatched = true;
  #volume = 0;
  #gains: EqualGains = { master: 0, source: [], reference: [] };
  /** The song whose gains are heard. */
  #heard = 0;
  #shortTerm = -Infinity;

  constructor(options: AlbumPlayerOptions) {
    this.#options = options;
  }

  get report(): PlayerReport {
    if (this.#problem !== null) return { ...this.#report, state: "failed", problem: this.#problem };
    return this.#isOpening ? { ...this.#report, state: "buffering" } : this.#report;
  }
  get isPlaying(): boolean {
    return this.#isOpening || (this.#player?.isPlaying ?? false);
  }
  get isMatched(): boolean {
    return this.#isMatched;
  }
  /** dB. */
  get volume(): number {
    return this.#volume;
  }
  /** LUFS of the last 3 s, as heard. */
  get shortTerm(): number {
    return this.#shortTerm;
  }
  /** Those that can be heard, before it was opened those that there should be. */
  get sides(): readonly ProgramSide[] {
    return this.#program?.sides ?? (this.#state?.masters ? ["source", "master"] : ["source"]);
  }
  /** What is heard: what is wished, if there is such a side. */
  get side(): ProgramSide {
    return this.sides.includes(this.#wanted) ? this.#wanted : "source";
  }
  /** dB, of what is heard at the moment. */
  get matchGain(): number {
    return this.#gainOf(this.side);
  }
  /** Why something cannot be heard. */
  get notes(): readonly string[] {
    return this.#program?.problems ?? [];
  }
  get program(): AlbumProgram | undefined {
    return this.#program;
  }
  /** Frame of the program. */
  get position(): number {
    return this.#player?.position ?? 0;
  }
  get place(): AlbumPlace | null {
    const program = this.#program;
    if (!program || program.songs.length === 0) return null;
    const { position } = this;
    const song = Math.max(
      0,
      program.songs.findLastIndex(({ start }) => start <= position),
    );
    const { start, frames } = program.songs[song]!;
    const { sampleRate } = program;
    return {
      song,
      time: Math.max(0, Math.min(position - start, frames)) / sampleRate,
      duration: frames / sampleRate,
    };
  }

  /** The album or what is known of it has changed. */
  show(state: ShownAlbum): void {
    this.#state = state;
    this.#match();
  }

  toggle(): void {
    if (this.isPlaying) this.#player?.pause();
    else void this.#play(() => this.#start());
  }

  stop(): void {
    this.#player?.stop();
    this.#options.onChange();
  }

  /** @param time seconds from the song's beginning */
  playSong(song: number, time = 0): void {
    void this.#play(({ songs, sampleRate }) => (songs[song]?.start ?? 0) + time * sampleRate);
  }

  /** The end of a song and the beginning of the next. */
  playTransition(song: number): void {
    void this.#play(
      ({ songs, sampleRate }) => {
        const { start, frames } = songs[song]!;
        const sounding = start + frames - (this.#state?.album.songs[song]?.gap ?? 0) * sampleRate;
        return Math.max(start, sounding - TRANSITION * sampleRate);
      },
      ({ songs, sampleRate, frames }) =>
        Math.min(frames, (songs[song + 1]?.start ?? frames) + TRANSITION * sampleRate),
    );
  }

  /** @param way -1 to the beginning, and then to the song before; 1 to the next song */
  skip(way: -1 | 1): void {
    const { place } = this;
    if (!place) return;
    const back = place.time > BACK && this.isPlaying ? 0 : -1;
    this.goTo(place.song + (way === 1 ? 1 : back), 0);
  }

  goTo(song: number, time: number): void {
    const program = this.#program;
    const found = program?.songs[Math.max(0, song)];
    if (program && found) this.seek(found.start + time * program.sampleRate);
  }

  /** @param frame of the program */
  seek(frame: number): void {
    const player = this.#player;
    if (!player) return;
    player.setLoop(null, false);
    player.seek(frame);
    this.#follow();
  }

  choose(side: ProgramSide): void {
    this.#wanted = side;
    this.#apply();
  }

  /** The next side that can be heard. */
  turn(): void {
    const { sides } = this;
    this.choose(sides[(sides.indexOf(this.side) + 1) % sides.length]!);
  }

  setMatched(isMatched: boolean): void {
    this.#isMatched = isMatched;
    this.#apply();
  }

  setVolume(level: number): void {
    this.#volume = level;
    this.#player?.setVolume(dB(level));
    this.#options.onChange();
  }

  #start(): number {
    const { position } = this;
    return position >= (this.#program?.frames ?? 0) ? 0 : position;
  }

  async #play(
    from: (program: AlbumProgram) => number,
    to?: (program: AlbumProgram) => number,
  ): Promise<void> {
    if (this.#isOpening) return;
    this.#problem = null;
    this.#isOpening = true;
    this.#options.onChange();
    try {
      const { program, player } = await this.#open();
      this.#isOpening = false;
      const start = Math.round(from(program));
      player.play(start, to ? { start, end: Math.round(to(program)) } : null);
    } catch (error) {
      this.#isOpening = false;
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    this.#follow();
  }

  /** Opens the files, unless they are those that are open. */
  async #open(): Promise<{ readonly program: AlbumProgram; readonly player: Player }> {
    const key = keyOf(this.#state);
    if (this.#program && this.#player && key === this.#opened)
      return { program: this.#program, player: this.#player };
    const program = await this.#options.listen();
    if (program.frames === 0) throw new Error(program.problems[0] ?? "There is nothing to hear.");
    const { place } = this;
    this.#program = program;
    this.#opened = key;
    const { sampleRate, frames, sides } = program;
    const audio = { sampleRate, frames, channels: 2 * sides.length, channelMask: 0 };
    const position = place ? (program.songs[place.song]?.start ?? 0) + place.time * sampleRate : 0;
    this.#player?.setAudio(audio, position);
    const player = (this.#player ??= this.#newPlayer(audio));
    this.#match();
    return { program, player };
  }

  #newPlayer(audio: ConstructorParameters<typeof Player>[0]["audio"]): Player {
    const player = new Player({
      audio,
      fetch: (start, count) => {
        const program = this.#program?.id ?? 0;
        return this.#options.sound({ program, start, count });
      },
      onState: (report) => {
        this.#report = report;
        this.#follow();
      },
      onMeters: ({ shortTerm }) => {
        this.#shortTerm = shortTerm;
        this.#follow();
      },
    });
    player.setVolume(dB(this.#volume));
    return player;
  }

  #follow(): void {
    if ((this.place?.song ?? 0) !== this.#heard) this.#apply();
    else this.#options.onChange();
  }

  #match(): void {
    const state = this.#state;
    if (!state) return;
    const songs = state.album.songs.map((_, song) => {
      const { before, after } = songSides(state, song);
      return { source: before?.loudness, master: after?.loudness };
    });
    this.#gains = equalGains(songs, this.#program?.reference ?? undefined);
    this.#apply();
  }

  #gainOf(side: ProgramSide): number {
    if (!this.#isMatched) return 0;
    const { [side]: gains } = this.#gains;
    return typeof gains === "number" ? gains : (gains[this.#heard] ?? 0);
  }

  #apply(): void {
    this.#heard = this.place?.song ?? 0;
    const row = this.sides.indexOf(this.side);
    const factor = dbToGain(dB(this.matchGain));
    const ear = (offset: number): number[] =>
      this.sides.flatMap((_, each) =>
        [0, 1].map((channel) => (each === row && channel === offset ? factor : 0)),
      );
    const matrix: ListenMatrix = [ear(0), ear(1)];
    if (this.#program) this.#player?.setListen(matrix);
    this.#options.onChange();
  }
}

/** What the program is made of. */
function keyOf(state: ShownAlbum | undefined): string {
  if (!state) return "";
  const { album, masters } = state;
  const songs = album.songs.map(({ source, gap }) => [source, gap]);
  const files = masters?.result.songs.map(({ deliveries }) => deliveries.map(({ sha256 }) => sha256));
  return JSON.stringify([songs, files]);
}
