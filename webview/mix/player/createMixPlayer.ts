/** The player that fits what is played: in the page's worklet, or from the host's render. */
import type { Playable } from "../../../src/protocol/mixProtocol.js";
import { HostMixPlayer } from "./hostMixPlayer.js";
import { LiveMixPlayer } from "./liveMixPlayer.js";
import type { MixPlayer, MixPlayerOptions, WatchedInsert } from "./mixPlayer.js";

export function createMixPlayer(options: MixPlayerOptions): MixPlayer {
  let place: Playable["by"]["place"] = "worklet";
  let player: MixPlayer = new LiveMixPlayer(options);
  let [range, isLooped]: Parameters<MixPlayer["setLoop"]> = [null, false];
  let watched: WatchedInsert | null = null;

  /** Goes over to the other player, which goes on where this one is. */
  const change = (playable: Playable): void => {
    const { isPlaying, position } = player;
    player.close();
    place = playable.by.place;
    player = place === "worklet" ? new LiveMixPlayer(options) : new HostMixPlayer(options);
    player.setPlayable(playable);
    player.watch(watched);
    if (isPlaying) player.play(position, range, isLooped);
  };
  return {
    get report() {
      return player.report;
    },
    get isPlaying() {
      return player.isPlaying;
    },
    get position() {
      return player.position;
    },
    setPlayable(playable) {
      if (playable && playable.by.place !== place) change(playable);
      else player.setPlayable(playable);
    },
    move: (channel, path, value) => player.move(channel, path, value),
    watch(insert) {
      watched = insert;
      player.watch(insert);
    },
    play(from, playedRange, loops) {
      [range, isLooped] = [playedRange, loops];
      player.play(from, playedRange, loops);
    },
    pause: () => player.pause(),
    seek: (frame) => player.seek(frame),
    setLoop(playedRange, loops) {
      [range, isLooped] = [playedRange, loops];
      player.setLoop(playedRange, loops);
    },
    scrub: (frame) => player.scrub(frame),
    close: () => player.close(),
  };
}
