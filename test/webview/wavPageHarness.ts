/** The WAV editor's page; see {@link PageHarness}. */
import type { Page } from "playwright-core";
import type { WavState } from "../../src/protocol/wavProtocol.js";
import type { FakeAudio } from "./fakeHost.js";
import { PageHarness, type PageOptions } from "./pageHarness.js";

export { asked } from "./pageHarness.js";

export interface HarnessOptions extends PageOptions {
  readonly audio?: FakeAudio;
  readonly state?: Partial<WavState>;
}

export class WavPageHarness extends PageHarness {
  static async open(): Promise<WavPageHarness> {
    const host = await PageHarness.bundle("test/webview/fakeHost.ts");
    return new WavPageHarness(await PageHarness.launch(), "wav", host);
  }

  /** A page that has drawn its first waveform, or says why it has none. */
  page({ audio, state, ...options }: HarnessOptions = {}): Promise<Page> {
    return this.show(options, { fakeAudio: audio, fakeState: state });
  }
}
