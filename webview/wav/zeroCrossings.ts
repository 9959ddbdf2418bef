import { nearestZeroCrossing } from "../../src/viewmodel/frameSelection.js";
import type { WavModel } from "./wavModel.js";

/** Frames looked at on each side. */
const REACH = 2048;

/** Moves the ends of the selection, or the cursor, to the nearest zero crossings of the sum of all channels. */
export async function snapSelection(model: WavModel): Promise<void> {
  const { selection } = model;
  const { revision } = model.audio;
  const [anchor, cursor] = await Promise.all([
    crossing(model, selection.anchor),
    crossing(model, selection.cursor),
  ]);
  if (model.audio.revision !== revision || model.selection !== selection) return;
  model.select({ anchor, cursor });
}

async function crossing(model: WavModel, frame: number): Promise<number> {
  const { frames, revision } = model.audio;
  if (frame <= 0 || frame >= frames) return frame;
  const start = Math.max(0, frame - REACH);
  try {
    const { channels } = await model.ask("sound", { revision, start, count: 2 * REACH });
    const length = channels[0]?.length ?? 0;
    const sum = Float32Array.from({ length }, (_, i) => channels.reduce((all, each) => all + each[i]!, 0));
    return start + nearestZeroCrossing(sum, frame - start);
  } catch {
    return frame;
  }
}
