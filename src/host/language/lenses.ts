/** What can be done with a document, above its first line, and what its last masters are like. */
import * as vscode from "vscode";
import { formatLufs, formatTruePeak } from "../../viewmodel/formats.js";

const AT = new vscode.Range(0, 0, 0, 0);

const SESSION: readonly (readonly [title: string, command: string])[] = [
  ["Open Mixer", "headroom.openMixer"],
  ["Mix Down", "headroom.mixDown"],
  ["Master This Song", "headroom.masterThisSong"],
  ["Export Stems", "headroom.exportStems"],
];
const ALBUM: typeof SESSION = [
  ["Open Album Editor", "headroom.openAlbumEditor"],
  ["Master Album", "headroom.masterAlbum"],
];

export async function lensesOf(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  const { uri } = document;
  const isAlbum = uri.path.endsWith(".album.json");
  const lens = ([title, command]: (typeof SESSION)[number]): vscode.CodeLens =>
    new vscode.CodeLens(AT, { title, command, arguments: [uri] });
  return [...(isAlbum ? ALBUM : SESSION).map(lens), ...(isAlbum ? await mastersLens(document) : [])];
}

async function mastersLens(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  const [{ parseAlbum }, { lastMasters }] = await Promise.all([
    import("../../session/albumDocument.js"),
    import("../lastMasters.js"),
  ]);
  const { uri } = document;
  const { value } = parseAlbum(document.getText());
  const masters = value && (await lastMasters(uri.fsPath, value));
  if (!masters) return [];
  const { songs, after } = masters.result;
  const peaks = songs.flatMap((song) => song.after?.loudness.truePeak ?? []);
  const levels = `${formatLufs(after.integrated)}, ${formatTruePeak(peaks.length > 0 ? Math.max(...peaks) : null)}`;
  const title = masters.isOutdated ? `Masters outdated (${levels})` : `Masters ${levels}`;
  return [new vscode.CodeLens(AT, { title, command: "headroom.showReport", arguments: [uri] })];
}
