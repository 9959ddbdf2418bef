/** The mix editor's page; see {@link PageHarness}. */
import type { Page } from "playwright-core";
import type { EditRequest, MixState } from "../../src/protocol/mixProtocol.js";
import { asked, PageHarness, type PageOptions } from "./pageHarness.js";

export interface MixHarnessOptions extends PageOptions {
  /** The document's content, as JSON; without it, a small band. */
  readonly document?: unknown;
  readonly state?: Partial<MixState>;
  /** What VS Code has kept of an earlier page. */
  readonly kept?: unknown;
}

export class MixPageHarness extends PageHarness {
  static async open(): Promise<MixPageHarness> {
    const host = await PageHarness.bundle("test/webview/fakeMixHost.ts");
    return new MixPageHarness(await PageHarness.launch(), "mix", host);
  }

  page({ document, state, kept, ...options }: MixHarnessOptions = {}): Promise<Page> {
    return this.show(options, { fakeDocument: document, fakeState: state, fakeKept: kept });
  }
}

/** The edits that the page has asked for. */
export async function edits(page: Page): Promise<EditRequest[]> {
  return (await asked(page)).filter(([name]) => name === "edit").map(([, request]) => request as EditRequest);
}
