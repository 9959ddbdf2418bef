/** The WAV editor's view: asks the host for the state, then follows what changes. */
import "../shared/page.css";
import "../shared/forms.css";
import "./wav.css";
import type { WavEvents, WavRequests, WavState } from "../../src/protocol/wavProtocol.js";
import { hostLink } from "../shared/hostLink.js";
import { wavPage, type WavPage } from "./wavPage.js";

let page: WavPage | undefined;
/** Changes that come before the first state. */
let early: Partial<WavState> = {};

const link = hostLink<WavRequests>({
  changed: (part: WavEvents["changed"]) => {
    if (page) page.change(part);
    else early = { ...early, ...part };
  },
  command: (command: WavEvents["command"]) => page?.run(command),
});

void link.request("open", null).then(
  (state) => {
    page = wavPage({ ...state, ...early }, (name, params) => link.request(name, params));
    document.getElementById("view")?.replaceWith(page.element);
  },
  (error: unknown) => {
    const main = document.getElementById("view");
    main?.removeAttribute("aria-busy");
    main?.append(error instanceof Error ? error.message : String(error));
  },
);
