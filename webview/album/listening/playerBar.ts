/** The bar at the foot of the page: what plays, from where, which side of it, how loud. */
import type { ProgramSide } from "../../../src/protocol/albumProtocol.js";
import { formatClock, formatGain, formatLufs } from "../../../src/viewmodel/formats.js";
import { element } from "../../shared/element.js";
import { icon } from "../../shared/icons.js";
import { volumeSlider } from "../../shared/player/volumeSlider.js";
import { setEnabled, setName, toolButton, toolGroup } from "../../shared/toolButton.js";
import type { Part, ShownAlbum } from "../part.js";
import type { AlbumPlayer } from "./albumPlayer.js";
import "./playerBar.css";

const SIDES: readonly (readonly [ProgramSide, name: string, meaning: string])[] = [
  ["source", "Source", "Hear the songs as they were"],
  ["master", "Master", "Hear the masters"],
  ["reference", "Reference", "Hear the album's reference"],
];

/** Seconds that an arrow key moves the playhead by. */
const STEP = 5;

export interface PlayerBar extends Part<ShownAlbum> {
  /** Shows where the player stands. */
  readonly follow: () => void;
}

export function playerBar(player: AlbumPlayer): PlayerBar {
  const play = toolButton("play", "Play (Space)", () => player.toggle());
  const back = toolButton("start", "Back to the beginning, then to the song before", () => player.skip(-1));
  const next = toolButton("end", "Next song", () => player.skip(1));
  const title = element("span", { class: "now-title" });
  const time = element("span", { class: "now-time" });
  const line = positionLine(player);
  const sides = sideSwitch(player);
  const matched = element("button", { type: "button", class: "matched tool" });
  matched.addEventListener("click", () => player.setMatched(!player.isMatched));
  const volume = volumeSlider((level) => player.setVolume(level));
  const loudness = element("output", {
    class: "heard",
    title: "Short-term loudness of what is heard (3 s), before the volume",
    "aria-live": "off",
  });
  const message = element("span", { class: "player-message", role: "status" });
  let titles: readonly string[] = [];
  const follow = (): void => {
    const { isPlaying, place, report } = player;
    play.replaceChildren(icon(isPlaying ? "pause" : "play"));
    setName(play, isPlaying ? "Pause (Space)" : "Play the album (Space)");
    for (const control of [back, next]) setEnabled(control, place !== null);
    const playing = place ? `${place.song + 1}  ${titles[place.song] ?? ""}` : "";
    if (title.textContent !== playing) title.textContent = title.title = playing;
    time.textContent = place ? `${formatClock(place.time)} / ${formatClock(place.duration)}` : "";
    line.show();
    sides.show();
    matched.setAttribute("aria-pressed", String(player.isMatched));
    const gain = formatGain(player.matchGain);
    matched.textContent = player.isMatched && place ? `Equal loudness ${gain}` : "Equal loudness";
    setName(matched, `Equal loudness: what is heard is changed by ${gain}; songs keep their relations`);
    volume.show(player.volume);
    loudness.textContent = isPlaying && Number.isFinite(player.shortTerm) ? formatLufs(player.shortTerm) : "";
    const said = messageOf(report, player.notes);
    if (message.textContent !== said) message.textContent = message.title = said;
    message.classList.toggle("error", report.state === "failed");
  };
  return {
    element: element(
      "section",
      { class: "player", role: "toolbar", "aria-label": "Player" },
      toolGroup("Playback", back, play, next),
      element("div", { class: "now" }, title, time, line.element, message),
      toolGroup("Side", sides.element, matched),
      toolGroup("Level", volume.element, loudness),
    ),
    show(state) {
      titles = state.album.songs.map(({ title }) => title);
      player.show(state);
      follow();
    },
    follow,
  };
}

function messageOf({ state, problem, underruns }: AlbumPlayer["report"], notes: readonly string[]): string {
  if (state === "failed") return problem ?? "The sound could not be started.";
  if (state === "blocked") return "Click anywhere here to start the sound: the browser waits for that.";
  if (state === "buffering") return "Reading files\u2026";
  if (underruns > 0) return underruns === 1 ? "1 dropout" : `${underruns} dropouts`;
  return notes.join(" ");
}

/** The whole album as a slider. */
function positionLine(player: AlbumPlayer) {
  const control = element("input", {
    ...{ type: "range", class: "position", min: 0, max: 0, step: "any", value: 0 },
    "aria-label": "Position on the album",
  });
  control.addEventListener("input", () => player.seek(control.valueAsNumber));
  control.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const rate = player.program?.sampleRate;
    if (way === undefined || rate === undefined) return;
    event.preventDefault();
    player.seek(Math.max(0, player.position + way * STEP * rate));
  });
  return {
    element: control,
    show(): void {
      const { program, place } = player;
      control.disabled = !program;
      if (!program || !place) return;
      control.max = String(program.frames);
      if (!control.matches(":active")) control.value = String(player.position);
      control.setAttribute(
        "aria-valuetext",
        `Song ${place.song + 1}, ${formatClock(place.time)} of ${formatClock(place.duration)}`,
      );
    },
  };
}

function sideSwitch(player: AlbumPlayer) {
  const controls = SIDES.map(([side, name, meaning]) => {
    const control = element(
      "button",
      { type: "button", class: "tool side", role: "radio", title: `${meaning} (A takes the next)` },
      name,
    );
    control.addEventListener("click", () => player.choose(side));
    return { side, control };
  });
  return {
    element: element(
      "div",
      { class: "switch", role: "radiogroup", "aria-label": "What is heard" },
      ...controls.map(({ control }) => control),
    ),
    show(): void {
      for (const { side, control } of controls) {
        control.hidden = !player.sides.includes(side);
        control.setAttribute("aria-checked", String(player.side === side));
      }
    },
  };
}
