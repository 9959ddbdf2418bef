/** Listens in on whatever a worklet of the page sends to the loudspeakers. */

/** Left and right of what the worklet gave out, block by block. */
let blocks: (readonly [Float32Array, Float32Array])[] = [];

const CAPTURE = `registerProcessor("capture", class extends AudioWorkletProcessor {
  process([input]) {
    if (input[0]) this.port.postMessage([input[0].slice(), input[1].slice()]);
    return true;
  }
});`;

const { AudioWorkletNode: PlainNode } = window;
const { addModule } = AudioWorklet.prototype; // eslint-disable-line @typescript-eslint/unbound-method
AudioWorklet.prototype.addModule = async function (this: AudioWorklet, address: string | URL) {
  const capture = URL.createObjectURL(new Blob([CAPTURE], { type: "text/javascript" }));
  await addModule.call(this, capture);
  await addModule.call(this, address);
};
window.AudioWorkletNode = class extends PlainNode {
  override connect(target: AudioNode | AudioParam): never {
    if (target instanceof AudioDestinationNode) {
      const ear = new PlainNode(this.context, "capture");
      ear.port.onmessage = ({ data }: MessageEvent<[Float32Array, Float32Array]>) => blocks.push(data);
      super.connect(ear);
    }
    return super.connect(target as AudioNode) as never;
  }
};

/** @returns left and right of what was sent, block by block */
export const capturedBlocks = (): readonly (readonly [Float32Array, Float32Array])[] => blocks;

export function forgetCaptured(): void {
  blocks = [];
}
