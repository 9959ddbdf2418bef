/**
 * Requests, answers and events between two programs that can only post messages to each other
 * (the extension host and a webview). Errors and time-outs travel to the asker.
 */
import { createBirpc } from "birpc";

/** Requests by name: what is asked, and what comes back. */
export type Requests = Record<string, { params: unknown; answer: unknown }>;
/** Events by name: what happened. Nobody answers an event. */
export type Events = Record<string, unknown>;

/** What a side does when the other asks (an answer) or tells (nothing). */
export type Handlers<R extends Requests, E extends Events> = {
  readonly [K in keyof R]: (params: R[K]["params"]) => R[K]["answer"] | Promise<R[K]["answer"]>;
} & { readonly [K in keyof E]: (body: E[K]) => void };

type AnyHandlers = Readonly<Record<string, (params: never) => unknown>>;

/** The way messages take. Both ends of VS Code's webviews fit. */
export interface Channel {
  post(message: unknown): unknown;
  /** @returns how to stop listening */
  listen(receive: (message: unknown) => void): () => void;
}

export interface LinkOptions {
  /** Longest wait for an answer, milliseconds. */
  readonly timeoutMilliseconds?: number;
  /**
   * Stands between a message and its handler, where the other side is not trusted.
   * @returns the parameters to hand over
   * @throws if they are not what `name` takes; the asker gets that error
   */
  readonly check?: (name: string, params: unknown) => unknown;
  /** Told of messages that are no messages of a Link, and of failures of event handlers. */
  readonly onFault?: (error: Error) => void;
}

const TIMEOUT_MILLISECONDS = 30_000;

/** Errors do not survive JSON, so they travel as their name and sentence. */
interface WireError {
  readonly name: string;
  readonly message: string;
}

/**
 * One end of a link. `R`, `E`: requests and events that go out; the handlers given to the
 * constructor take those that come in.
 */
export class Link<R extends Requests, E extends Events> {
  readonly #rpc: ReturnType<typeof open>;

  constructor(handlers: AnyHandlers, channel: Channel, options: LinkOptions = {}) {
    this.#rpc = open(handlers, channel, options);
  }

  /** @throws what the other side's handler threw; an Error after the time-out or once disposed */
  request<K extends keyof R & string>(name: K, params: R[K]["params"]): Promise<R[K]["answer"]> {
    return this.#rpc.$call(name, params);
  }

  /** Tells the other side; does nothing once disposed. */
  tell<K extends keyof E & string>(name: K, body: E[K]): void {
    if (!this.#rpc.$closed) void this.#rpc.$callEvent(name, body);
  }

  /** Stops listening; open requests fail. */
  dispose(): void {
    this.#rpc.$close(new Error("The link was closed."));
  }
}

type Call = (params: unknown) => unknown;

function open(handlers: AnyHandlers, channel: Channel, options: LinkOptions) {
  const { timeoutMilliseconds = TIMEOUT_MILLISECONDS, check, onFault } = options;
  const guarded = Object.entries(handlers).map(([name, handler]): [string, Call] => [
    name,
    async (params) => {
      try {
        return await handler((check ? check(name, params) : params) as never);
      } catch (error) {
        onFault?.(asError(error));
        throw error;
      }
    },
  ]);
  let stop = (): void => undefined;
  return createBirpc<Record<string, Call>, Record<string, Call>, false>(
    // Without a prototype, so that no inherited member can be called by its name.
    Object.assign(Object.create(null) as Record<string, Call>, Object.fromEntries(guarded)),
    {
      proxify: false,
      bind: "functions",
      timeout: timeoutMilliseconds,
      post: (message) => void channel.post(message),
      on: (receive) => {
        stop = channel.listen((message) => {
          if (isMessage(message)) receive(message);
          else onFault?.(new Error("A message came that no Link has sent."));
        });
      },
      off: () => stop(),
      serialize: (message: { e?: unknown }) =>
        message.e === undefined ? message : { ...message, e: toWire(message.e) },
      deserialize: (message: { e?: unknown }) =>
        message.e === undefined ? message : { ...message, e: fromWire(message.e as WireError) },
      onTimeoutError: (name) => {
        throw new Error(`No answer to "${name}" within ${timeoutMilliseconds / 1000} s.`);
      },
    },
  );
}

/** Whether `message` has the form of birpc's requests and answers. */
function isMessage(message: unknown): boolean {
  if (typeof message !== "object" || message === null) return false;
  const { t, m, a, i } = message as Record<string, unknown>;
  if (i !== undefined && typeof i !== "string") return false;
  return t === "s" ? i !== undefined : t === "q" && typeof m === "string" && Array.isArray(a);
}

function toWire(error: unknown): WireError {
  const { name, message } = asError(error);
  return { name, message };
}

function fromWire({ name, message }: WireError): Error {
  return Object.assign(new Error(message), { name });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
