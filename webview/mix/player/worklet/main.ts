/** The worklet's program: a {@link MixCore} behind the browser's interface. */
import type { ToMixWorklet } from "../mixMessages.js";
import { MixCore, type MixCoreOptions } from "./mixCore.js";

registerProcessor(
  "headroom-mix",
  class extends AudioWorkletProcessor {
    readonly #core: MixCore;
    #isOpen = true;

    constructor({ processorOptions }: { readonly processorOptions: Omit<MixCoreOptions, "post" | "clock"> }) {
      super();
      this.#core = new MixCore({
        ...processorOptions,
        // Coarse, but right on average; a worklet has no other.
        clock: () => Date.now(),
        post: (message) => this.port.postMessage(message),
      });
      this.port.onmessage = ({ data }: MessageEvent<ToMixWorklet>) => {
        this.#core.receive(data);
        if (data.type === "close") this.#isOpen = false;
      };
    }

    override process(_inputs: unknown, [ears]: readonly (readonly Float32Array[])[]): boolean {
      const [left, right] = ears ?? [];
      if (left && right) this.#core.render(left, right, currentTime);
      return this.#isOpen;
    }
  },
);
