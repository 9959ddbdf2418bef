import * as vscode from "vscode";
import type { SampleLayout } from "../../audio/audioFile.js";
import type { Dither } from "../../session/delivery.js";

export interface RenderFormat {
  readonly layout: SampleLayout;
  readonly dither: Dither;
}

const FORMATS: readonly (vscode.QuickPickItem & { readonly format: RenderFormat })[] = [
  {
    label: "24-bit",
    description: "for mastering and delivery, dithered",
    format: { layout: "s24", dither: "tpdf" },
  },
  {
    label: "32-bit float",
    description: "for further work: nothing clips",
    format: { layout: "f32", dither: "none" },
  },
  { label: "16-bit", description: "CD, dithered", format: { layout: "s16", dither: "tpdf" } },
];

/** @param title "Mix Down" @returns `undefined` if the user changed their mind */
export async function chooseRenderFormat(title: string): Promise<RenderFormat | undefined> {
  const chosen = await vscode.window.showQuickPick(FORMATS, {
    title,
    placeHolder: "Format of the WAV files",
  });
  return chosen?.format;
}
