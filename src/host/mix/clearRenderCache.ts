import * as vscode from "vscode";
import type { StudioService } from "../studioService.js";

/** Clear Render Cache: forgets rendered tracks; the next mixdown renders them anew, to the same bytes. */
export async function clearRenderCache(studio: Pick<StudioService, "use">): Promise<number> {
  const bytes = await studio.use((each) => each.clearRenderCache());
  void vscode.window.showInformationMessage(
    `The render cache is empty; it took ${(bytes / 1e6).toFixed(0)} MB.`,
  );
  return bytes;
}
