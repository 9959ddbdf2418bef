import { element } from "../shared/element.js";
import { isPress, keyOf } from "../shared/keys.js";
import { isTyping } from "../shared/typing.js";
import { albumHeader } from "./albumHeader.js";
import { albumSummary } from "./albumSummary.js";
import { curveChart } from "./curveChart.js";
import { emptyAlbum } from "./emptyAlbum.js";
import { AlbumPlayer, type AlbumPlayerOptions } from "./listening/albumPlayer.js";
import { playerBar } from "./listening/playerBar.js";
import type { AlbumCommands, Part, ShownAlbum } from "./part.js";
import { problemBanner } from "./problemBanner.js";
import { songTable } from "./songTable.js";

export type HostCommands = Omit<AlbumCommands, "playSong" | "playTransition">;

/** The whole page. */
export function albumPage(host: HostCommands, sound: Omit<AlbumPlayerOptions, "onChange">): Part {
  const player: AlbumPlayer = new AlbumPlayer({ ...sound, onChange: () => follow() });
  const commands: AlbumCommands = {
    ...host,
    playSong: (song, time) => player.playSong(song, time),
    playTransition: (song) => player.playTransition(song),
  };
  const header = albumHeader(commands);
  const banner = problemBanner(commands);
  const empty = emptyAlbum(commands);
  const curve = curveChart(commands);
  const table = songTable(commands);
  const bar = playerBar(player);
  const follow = (): void => {
    bar.follow();
    const { place, isPlaying } = player;
    curve.showPlayhead(place);
    table.showPlaying(isPlaying && place ? place.song : null);
  };
  playByKeys(player);
  const parts: Part<ShownAlbum>[] = [albumSummary(), curve, table];
  const content = element("div", { class: "content" }, ...parts.map((part) => part.element));
  const page = element(
    "main",
    { id: "view", "aria-busy": "true" },
    header.element,
    banner.element,
    empty.element,
    content,
    bar.element,
  );
  content.hidden = bar.element.hidden = true;
  return {
    element: page,
    show(state) {
      page.removeAttribute("aria-busy");
      for (const part of [header, banner, empty]) part.show(state);
      const { album } = state;
      content.hidden = bar.element.hidden = album === null;
      if (album) for (const part of [...parts, bar]) part.show({ ...state, album });
    },
  };
}

/** Space plays, A takes the next side; where no field takes the key. */
function playByKeys(player: AlbumPlayer): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || isTyping(target) || isPress(target, event)) return;
    const action = { Space: () => player.toggle(), A: () => player.turn() }[keyOf(event)];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
