/** Entry of `dsp.wasm`: what the host side may call. */
export { allocate } from "./memory";
