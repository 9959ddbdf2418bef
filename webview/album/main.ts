/** The album editor's view: asks the host for the state, then follows what changes. */
import "../shared/page.css";
import "../shared/forms.css";
import "../shared/tools.css";
import "./album.css";
import "./songs.css";
import type { AlbumEvents, AlbumRequests, AlbumState } from "../../src/protocol/albumProtocol.js";
import { hostLink } from "../shared/hostLink.js";
import { albumPage } from "./albumPage.js";

let state: AlbumState | undefined;

/** Shows the state with `change` applied; changes that come before the first state are part of it. */
function change(part: Partial<AlbumState>): void {
  if (!state) return;
  state = { ...state, ...part };
  page.show(state);
}

const link = hostLink<AlbumRequests>({
  changed: (part: AlbumEvents["changed"]) => change(part),
  sourceChanged: ({ song, source }: AlbumEvents["sourceChanged"]) => {
    if (state && song < state.sources.length) change({ sources: state.sources.with(song, source) });
  },
});

/** What fails, the host tells the user. */
const ignore = (): undefined => undefined;

const page = albumPage(
  {
    act: (action) => void link.request("act", action).catch(ignore),
    openSource: (song) => void link.request("openSource", song).catch(ignore),
    edit: (request) => void link.request("edit", request).catch(ignore),
    addSongs: (uris) => void link.request("addSongs", uris).catch(ignore),
    goTo: (place) => void link.request("goTo", place).catch(ignore),
  },
  {
    listen: () => link.request("listen", null),
    sound: (request) => link.request("sound", request),
  },
);
document.getElementById("view")!.replaceWith(page.element);

void link.request("open", null).then((first) => {
  state = first;
  page.show(state);
}, ignore);
