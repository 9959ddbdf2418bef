import { vsCodeApi } from "./vsCodeApi.js";
import { Link, type Events, type LinkOptions, type Requests } from "../../src/protocol/link.js";

/** The view's end of the link to the extension host; call it once, VS Code hands its API out only once. */
export function hostLink<R extends Requests>(
  handlers: Readonly<Record<string, (body: never) => void>>,
  options: Pick<LinkOptions, "timeoutMilliseconds"> = {},
) {
  const host = vsCodeApi();
  const channel = {
    post: (message: unknown) => host.postMessage(message),
    listen: (receive: (message: unknown) => void) => {
      const listener = (event: MessageEvent): void => receive(event.data);
      window.addEventListener("message", listener);
      return () => window.removeEventListener("message", listener);
    },
  };
  return new Link<R, Events>(handlers, channel, options);
}
