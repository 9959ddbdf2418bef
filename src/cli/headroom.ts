#!/usr/bin/env node
/** The command line: arguments in, exit status out (DESIGN: 0 done, 1 failed, 2 wrong usage). */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { version } from "../../package.json";
import { secondsRange, type SecondsRange } from "./secondsRange.js";
import type { CheckOptions } from "./check.js";
import type { CompareOptions } from "./compare.js";
import type { MixOptions } from "./mix.js";
import type { InitOptions } from "./init.js";
import type { ImportOptions } from "./interchange.js";
import type { McpOptions } from "./mcp.js";
import { MASTERING_PRESET_NAMES, type MasteringPresetName } from "../session/presets/masteringChains.js";
import { Terminal, type CommonOptions } from "./terminal.js";
import { timeRange } from "./timeRange.js";

const USAGE = 2;

function program(): Command {
  const headroom = new Command("headroom")
    .description("Mix and master from the command line; the same engine as in the editor.")
    .version(version)
    .exitOverride();
  addMeasure(headroom);
  addMaster(headroom);
  addMix(headroom);
  addRough(headroom);
  addPeaks(headroom);
  addInit(headroom);
  addCheck(headroom);
  addCompare(headroom);
  addInterchange(headroom);
  addMcp(headroom);
  return headroom;
}

/** Adds the options that every command takes. */
function withCommonOptions(command: Command): Command {
  return command
    .option("--json", "print one JSON value on standard output and nothing else")
    .option("--quiet", "no progress")
    .option(
      "--no-cache",
      "keep nothing for the next time: neither decoded FLAC, MP3 and Ogg files nor rendered tracks",
    )
    .option("--workers <n>", "most workers at once (default: as many as there are processors)", wholeNumber);
}

function addInterchange(headroom: Command): void {
  headroom
    .command("import <file>")
    .description("a *.mix.json session of a DAWproject (*.dawproject) or a REAPER project (*.rpp)")
    .option("-o, --output <file>", "session to write (default: beside the file, named after it)")
    .option("--into <session>", "add the labels of a file of Audacity (*.txt) to this session, as markers")
    .option("--json", "print one JSON value on standard output and nothing else")
    .action(async (file: string, options: ImportOptions) =>
      finish(await (await import("./interchange.js")).importFile(file, options, new Terminal(options))),
    );
  headroom
    .command("export <song>")
    .description("a *.mix.json session as a DAWproject, with its audio")
    .option("-o, --output <file>", "file to write (default: beside the session, .dawproject)")
    .option("--json", "print one JSON value on standard output and nothing else")
    .action(async (song: string, options: CommonOptions & { output?: string }) =>
      finish(await (await import("./interchange.js")).exportFile(song, options, new Terminal(options))),
    );
}

function addMcp(headroom: Command): void {
  headroom
    .command("mcp [folder]")
    .description("serve the tools for agents by the Model Context Protocol on standard input and output")
    .option("--write", "let agents edit and render without asking")
    .option("--workers <n>", "most workers at once (default: as many as there are processors)", wholeNumber)
    .action(async (folder: string | undefined, options: McpOptions) =>
      finish(await (await import("./mcp.js")).mcp(folder ?? ".", options)),
    );
}

function addMeasure(headroom: Command): void {
  withCommonOptions(headroom.command("measure <files...>"))
    .description("loudness, loudness range, true peak and more of audio files")
    .option("--dual-mono", "count a mono file as two equal channels (+3.01 LU)")
    .action(async (files: string[], options: CommonOptions & { dualMono?: boolean }) =>
      finish(await (await import("./measure.js")).measure(files, options, new Terminal(options))),
    );
}

interface MasterCommandOptions {
  readonly output?: string;
  readonly report?: boolean;
  readonly force?: boolean;
  readonly plan?: boolean;
  readonly preset?: MasteringPresetName;
}

function addMaster(headroom: Command): void {
  withCommonOptions(headroom.command("master <document>"))
    .description(
      "Master Album: every delivery file of an *.album.json, with a report; or one song, an audio file or a *.mix.json",
    )
    .option(
      "-o, --output <path>",
      "folder for the masters (default: `output` of the document); of one song, the file to write",
    )
    .option("--force", "master every song, also those that have not changed since the last time")
    .option("--plan", "only measure, and say what would be done to each song and why")
    .option("--report", "print the Markdown report instead of the table")
    .addOption(
      new Option("--preset <name>", "of one song: its chain and target (default: transparent)").choices(
        MASTERING_PRESET_NAMES,
      ),
    )
    .action(async (document: string, options: CommonOptions & MasterCommandOptions) => {
      if (document.endsWith(".album.json")) {
        if (options.preset !== undefined)
          throw new InvalidArgumentError("--preset is for one song; an album has its chain in the document.");
        const { master, plan } = await import("./master.js");
        finish(await (options.plan ? plan : master)(document, options, new Terminal(options)));
      } else
        finish(await (await import("./masterSong.js")).masterSong(document, options, new Terminal(options)));
    });
}

function addMix(headroom: Command): void {
  withCommonOptions(headroom.command("mix <song>"))
    .description("mixdown of a *.mix.json session to a WAV file")
    .option("-o, --output <file>", "file to write (default: beside the session, .wav)")
    .addOption(new Option("--bit-depth <depth>", "sample format").choices(["16", "24", "32f"]).default("24"))
    .option("--sample-rate <hz>", "sample rate in Hz (default: the session's)", wholeNumber)
    .option(
      "--range <from-to>",
      "only this part, to the sample as in the whole mixdown; seconds or m:ss.mmm, for example 30.5-45 or 1:02.500-1:30 (default file: named after the range)",
      timeRange,
    )
    .option("--stems <folder>", "write stems there too: every track and bus after its fader")
    .option(
      "--with-sends",
      "with --stems: one per track, as it is heard alone through its buses and with its returns",
    )
    .action(async (song: string, options: CommonOptions & MixOptions) =>
      finish(await (await import("./mix.js")).mix(song, options, new Terminal(options))),
    );
}

function addRough(headroom: Command): void {
  withCommonOptions(headroom.command("rough <folder>"))
    .description("rough mix: a *.mix.json session from a folder of stems, balanced by what they are")
    .option("-o, --output <file>", "session to write (default: in the folder, named after it)")
    .action(async (folder: string, options: CommonOptions & { output?: string }) =>
      finish(await (await import("./rough.js")).rough(folder, options, new Terminal(options))),
    );
}

function addPeaks(headroom: Command): void {
  withCommonOptions(headroom.command("peaks <file>"))
    .description("overview data: lowest and highest sample and RMS per column and audio channel")
    .option("--columns <n>", "columns that the range is divided into", wholeNumber, 80)
    .option("--range <start:end>", "part of the file, in seconds", secondsRange)
    .action(async (file: string, options: CommonOptions & { columns: number; range?: SecondsRange }) =>
      finish(await (await import("./peaks.js")).peaks(file, options, new Terminal(options))),
    );
}

function addInit(headroom: Command): void {
  withCommonOptions(headroom.command("init [folder]"))
    .description("a new *.mix.json session with a track for every audio file of a folder (default: this one)")
    .option(
      "-o, --output <file>",
      "document to write (default: song.mix.json or record.album.json in the folder)",
    )
    .option("--title <title>", "title of the song or album (default: the folder's name)")
    .option("--album", "a new *.album.json instead, with a song for every session or audio file")
    .addOption(
      new Option("--preset <name>", "with --album: its mastering chain and target")
        .choices(MASTERING_PRESET_NAMES)
        .default("transparent"),
    )
    .action(async (folder: string | undefined, options: CommonOptions & InitOptions) =>
      finish(await (await import("./init.js")).init(folder ?? ".", options, new Terminal(options))),
    );
}

function addCheck(headroom: Command): void {
  withCommonOptions(headroom.command("check <documents...>"))
    .description(
      "errors and warnings of *.mix.json and *.album.json documents, as file:line:column; and whether their sound measures what their `checks` want",
    )
    .option("--no-audio", "leave the checks of the sound out")
    .action(async (documents: string[], options: CheckOptions) =>
      finish(await (await import("./check.js")).check(documents, options, new Terminal(options))),
    );
}

function addCompare(headroom: Command): void {
  withCommonOptions(headroom.command("compare <before> [after]"))
    .description(
      "what differs between two sessions or audio files: changes in words, loudness, tone and a null test; of one session, from its last commit to now",
    )
    .option("--revision <rev>", "of one session: the commit, branch or tag of git to compare with", "HEAD")
    .action(async (before: string, after: string | undefined, options: CompareOptions) =>
      finish(await (await import("./compare.js")).compare(before, after, options, new Terminal(options))),
    );
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("It must be a whole number above 0.");
  return value;
}

/** The process ends by itself once its output is written. */
function finish(isDone: boolean): void {
  process.exitCode = isDone ? 0 : 1;
}

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
