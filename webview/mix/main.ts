/** The mix editor's view: asks the host for the state, then follows what changes. */
import "../shared/page.css";
import "../shared/forms.css";
import "./mix.css";
import { unpackLevels } from "../../src/protocol/levels.js";
import type { MixEvents, MixRequests, MixState } from "../../src/protocol/mixProtocol.js";
import { hostLink } from "../shared/hostLink.js";
import { followTyping } from "../shared/typing.js";
import { mixPage, type MixPage } from "./mixPage.js";

/** A dialog is answered when the user is done with it, milliseconds. */
const LONGEST_DIALOG = 24 * 3600 * 1000;

let page: MixPage | undefined;
/** Changes that come before the first state. */
let early: Partial<MixState> = {};

const link = hostLink<MixRequests>(
  {
    changed: (packed: MixEvents["changed"]) => {
      const part = unpackLevels(packed);
      if (page) page.change(part);
      else early = { ...early, ...part };
    },
    sourceChanged: ({ file, source }: MixEvents["sourceChanged"]) => page?.changeSource(file, source),
    command: (command: MixEvents["command"]) => page?.run(command),
  },
  { timeoutMilliseconds: LONGEST_DIALOG },
);

followTyping((isTyping) => void link.request("typing", isTyping).catch(() => undefined));

void link.request("open", null).then(
  (packed) => {
    page = mixPage({ ...unpackLevels(packed), ...early }, (name, params) => link.request(name, params));
    document.getElementById("view")?.replaceWith(page.element);
  },
  (error: unknown) => {
    const main = document.getElementById("view");
    main?.removeAttribute("aria-busy");
    main?.append(error instanceof Error ? error.message : String(error));
  },
);
