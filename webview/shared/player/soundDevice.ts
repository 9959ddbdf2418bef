/**
 * The sound device with a worklet on it: opened at the audio's own rate, let go while nothing sounds, started by the
 * click that the browser wants.
 *
 * The page's policy must allow `blob:` (the worklet's program) and `'wasm-unsafe-eval'` in `script-src`.
 */

/** Lowest and highest rates at which an AudioContext runs (Web Audio API 1.1, 1.4.1: at least 3 to 768 kHz). */
const LOWEST_RATE = 3000;
const HIGHEST_RATE = 768_000;
/** Milliseconds after which a browser that does not start the sound wants a click first. */
const BLOCKED_AFTER = 400;

export interface WorkletProgram {
  readonly program: string;
  /** Under which the program registers its processor. */
  readonly name: string;
}

/** What goes to the worklet is a `ToWorklet`. */
export class SoundDevice<ToWorklet> {
  readonly #context: AudioContext;
  readonly #node: AudioWorkletNode;

  private constructor(context: AudioContext, node: AudioWorkletNode) {
    this.#context = context;
    this.#node = node;
  }

  /**
   * Opens the device at `sampleRate`, or the nearest one there is, and starts the worklet on it; its processor is told
   * the rate as `deviceRate` beside `options`.
   */
  static async open<To, From>(
    { program, name }: WorkletProgram,
    sampleRate: number,
    options: object,
    receive: (message: From) => void,
  ): Promise<SoundDevice<To>> {
    const context = new AudioContext({
      sampleRate: Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, sampleRate)),
      latencyHint: "interactive",
    });
    const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    try {
      await context.audioWorklet.addModule(address);
      const node = new AudioWorkletNode(context, name, {
        numberOfInputs: 0,
        outputChannelCount: [2],
        processorOptions: { ...options, sampleRate, deviceRate: context.sampleRate },
      });
      node.port.onmessage = ({ data }: MessageEvent<From>) => receive(data);
      node.connect(context.destination);
      return new SoundDevice<To>(context, node);
    } catch (error) {
      void context.close();
      throw error;
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  /** Seconds of the audio context that are being heard: what is on its way to the loudspeakers is counted off. */
  get heardTime(): number {
    const { currentTime, outputLatency, baseLatency } = this.#context;
    return currentTime - (outputLatency || baseLatency || 0);
  }

  send(message: ToWorklet, transfer: Transferable[] = []): void {
    this.#node.port.postMessage(message, transfer);
  }

  /**
   * Starts the sound. Where the browser first wants a click or a key, waits for it.
   * @param onBlocked called then; whether the sound is still wanted
   */
  async wake(onBlocked: () => boolean): Promise<void> {
    const context = this.#context;
    if (context.state === "running") return;
    const started = context.resume();
    const late = setTimeout(() => {
      if (context.state !== "running" && onBlocked()) awaitGesture(() => void context.resume());
    }, BLOCKED_AFTER);
    await started;
    clearTimeout(late);
  }

  /** Lets the device go until it is woken. */
  suspend(): void {
    void this.#context.suspend();
  }

  /** Once the worklet has been told. */
  close(): void {
    this.#node.disconnect();
    void this.#context.close();
  }
}

/** Calls `then` at the next click or key in the page. */
function awaitGesture(then: () => void): void {
  const gestures = new AbortController();
  for (const event of ["pointerdown", "keydown"])
    window.addEventListener(
      event,
      () => {
        gestures.abort();
        then();
      },
      { capture: true, signal: gestures.signal },
    );
}
