import { basename, dirname, join } from "node:path";
import { version } from "../../package.json";
import { formatCount } from "../viewmodel/formats.js";
import type { CommonOptions, Terminal } from "./terminal.js";

export interface ImportOptions extends CommonOptions {
  readonly output?: string;
  /** Session that labels are added to. */
  readonly into?: string;
}

/** `headroom import`. @returns true: what cannot be imported throws */
export async function importFile(
  file: string,
  { output, into }: ImportOptions,
  terminal: Terminal,
): Promise<boolean> {
  const { importLabels, importSession } = await import("../mastering/interchange/importSession.js");
  if (into !== undefined) {
    const markers = importLabels(file, into);
    terminal.result(`${into}: ${formatCount(markers, "marker")} added`, {
      path: into,
      markers,
    });
    return true;
  }
  const target = output ?? join(dirname(file), `${basename(file).replace(/\.[^.]*$/, "")}.mix.json`);
  const result = await importSession(file, target);
  const { path, tracks, buses, lost } = result;
  terminal.result(`${path}: ${formatCount(tracks, "track")}, ${formatCount(buses, "bus", "buses")}`, result);
  for (const sentence of lost) terminal.error(`not carried over: ${sentence}`);
  return true;
}

/** `headroom export`. @returns true: what cannot be exported throws */
export async function exportFile(
  session: string,
  { output }: CommonOptions & { readonly output?: string },
  terminal: Terminal,
): Promise<boolean> {
  const { exportSession } = await import("../mastering/interchange/exportSession.js");
  const target = output ?? `${session.replace(/(\.mix)?\.json$/, "")}.dawproject`;
  const result = await exportSession(session, target, version);
  terminal.result(`${target}: ${formatCount(result.files, "audio file")}`, result);
  for (const sentence of result.lost) terminal.error(`not carried over: ${sentence}`);
  return true;
}
