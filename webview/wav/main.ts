/** The WAV editor's view: asks the host for the state, then follows what changes. */
import "../shared/page.css";
import "../shared/forms.css";
import "./wav.css";
import type { WavEvents, WavRequests, WavState } from "../../src/protocol/wavProtocol.js";
import { hostLink } from "../shared/hostLink.js";
import { followTyping } from "../shared/typing.js";
import { wavPage, type WavPage } from "./wavPage.js";

/** An edit of hours of audio is answered when it is done, milliseconds. */
const LONGEST_EDIT = 24 * 3600 * 1000;

let page: WavPage | undefined;
/** Changes that come before the first state. */
let early: Partial<WavState> = {};

const link = hostLink<WavRequests>(
  {
    changed: (part: WavEvents["changed"]) => {
      if (page) page.change(part);
      else early = { ...early, ...part };
    },
    command: (command: WavEvents["command"]) => page?.run(command),
  },
  { timeoutMilliseconds: LONGEST_EDIT },
);

followTyping((isTyping) => void link.request("typing", isTyping).catch(() => undefined));

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
