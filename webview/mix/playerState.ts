import { element } from "../shared/element.js";
import { icon } from "../shared/icons.js";
import type { MixPart } from "./mixPart.js";
import type { MixModel } from "./mixModel.js";
import type { Transport } from "./transport.js";

/** What keeps the sound away or makes it late, in a few words; nothing while all is well. */
export function playerState(model: MixModel, transport: Transport): MixPart {
  const text = element("span", { role: "status" });
  const warning = icon("warning");
  const whole = element("div", { class: "player-state" }, warning, text);
  return {
    element: whole,
    show(_, topics) {
      if (!topics.has("playback") && !topics.has("state")) return;
      const { short, long, isWarning } = stateOf(model, transport);
      if (text.textContent === short && whole.title === long) return;
      text.textContent = short;
      whole.title = long;
      whole.classList.toggle("warning", isWarning);
    },
  };
}

function stateOf(
  { state: { playable, sources } }: MixModel,
  { report: { state, underruns, problem } }: Transport,
): { short: string; long: string; isWarning: boolean } {
  const said = (short: string, long = short, isWarning = false) => ({ short, long, isWarning });
  if (state === "failed") return said("No sound", problem ?? "The sound could not be started.", true);
  if (state === "blocked")
    return said(
      "Click to start the sound",
      "The browser starts sound only after a click or a key in this page.",
      true,
    );
  if (state === "buffering") return said("Buffering\u2026", "Waits for the sound of the files.");
  const isReading = Object.values(sources).some(({ kind }) => kind === "reading");
  if (playable === null) {
    return isReading
      ? said("Reading files\u2026", "Playback is possible once the files of the session are read.")
      : said("Nothing to play", "There are no clips yet, or files of the session are missing.");
  }
  if (underruns > 0)
    return said(
      underruns === 1 ? "1 dropout" : `${underruns} dropouts`,
      "Sound came too late so many times since playback was started. The rendered mix has no dropouts.",
      true,
    );
  if (playable.by.place === "host") return said("Rendered by the host", playable.by.reason);
  return said("");
}
