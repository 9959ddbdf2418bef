import type { MixPlayer, MixPlayerOptions } from "./mixPlayer.js";

/** (In work: the live player takes this one's place.) Plays nothing. */
export function createMixPlayer(_options: MixPlayerOptions): MixPlayer {
  const nothing = (): void => undefined;
  return {
    report: { state: "stopped", underruns: 0, problem: null },
    isPlaying: false,
    position: 0,
    setPlayable: nothing,
    move: nothing,
    play: nothing,
    pause: nothing,
    seek: nothing,
    setLoop: nothing,
    scrub: nothing,
    close: nothing,
  };
}
