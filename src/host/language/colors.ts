import * as vscode from "vscode";
import { rangeOf } from "./places.js";

/** Colours of tracks and buses, as the mixer reads them. */
const COLOR = /"color"\s*:\s*"(#[0-9a-f]{6})"/gi;

export function colorsOf(document: vscode.TextDocument): vscode.ColorInformation[] {
  return [...document.getText().matchAll(COLOR)].map((found) => {
    const hex = found[1]!;
    const range = rangeOf(document, {
      offset: found.index + found[0].length - hex.length - 1,
      length: hex.length,
    });
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
    return new vscode.ColorInformation(range, new vscode.Color(red!, green!, blue!, 1));
  });
}

export function presentationsOf({ red, green, blue }: vscode.Color): vscode.ColorPresentation[] {
  const digits = [red, green, blue].map((share) =>
    Math.round(255 * share)
      .toString(16)
      .padStart(2, "0"),
  );
  return [new vscode.ColorPresentation(`#${digits.join("")}`)];
}
