import type { FromWorklet } from "./playerMessages.js";
import program from "./worklet/main?worklet";

/** Lowest and highest rates at which an AudioContext runs (Web Audio API 1.1, 1.4.1: at least 3 to 768 kHz). */
const LOWEST_RATE = 3000;
const HIGHEST_RATE = 768_000;

/** Opens the sound device at the audio's own rate, or the nearest one there is, and starts the worklet on it. */
export async function startWorklet(
  sampleRate: number,
  channels: number,
  receive: (message: FromWorklet) => void,
): Promise<{ context: AudioContext; node: AudioWorkletNode }> {
  const context = new AudioContext({
    sampleRate: Math.min(HIGHEST_RATE, Math.max(LOWEST_RATE, sampleRate)),
    latencyHint: "interactive",
  });
  const address = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  try {
    await context.audioWorklet.addModule(address);
    const node = new AudioWorkletNode(context, "headroom-player", {
      numberOfInputs: 0,
      outputChannelCount: [2],
      processorOptions: { sampleRate, channels, deviceRate: context.sampleRate },
    });
    node.port.onmessage = ({ data }: MessageEvent<FromWorklet>) => receive(data);
    node.connect(context.destination);
    return { context, node };
  } catch (error) {
    void context.close();
    throw error;
  } finally {
    URL.revokeObjectURL(address);
  }
}
