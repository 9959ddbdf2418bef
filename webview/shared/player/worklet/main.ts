/** The worklet's program: a {@link PlaybackCore} behind the browser's interface. */
import type { ToWorklet } from "../playerMessages.js";
import { PlaybackCore, type CoreOptions } from "./playbackCore.js";

registerProcessor(
  "headroom-player",
  class extends AudioWorkletProcessor {
    readonly #core: PlaybackCore;
    #isOpen = true;

    constructor({ processorOptions }: { readonly processorOptions: Omit<CoreOptions, "post"> }) {
      super();
      this.#core = new PlaybackCore({
        ...processorOptions,
        post: (message) => this.port.postMessage(message),
      });
      this.port.onmessage = ({ data }: MessageEvent<ToWorklet>) => {
        if (data.type === "close") this.#isOpen = false;
        else this.#core.receive(data);
      };
    }

    override process(_inputs: unknown, [ears]: readonly (readonly Float32Array[])[]): boolean {
      const [left, right] = ears ?? [];
      if (left && right) this.#core.render(left, right, currentTime);
      return this.#isOpen;
    }
  },
);
