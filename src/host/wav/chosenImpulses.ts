import type { EditRequest } from "../../protocol/wavProtocol.js";

/** The impulse responses that the user has chosen in an editor: a view may name no other file. */
export class ChosenImpulses {
  readonly #ask: () => Promise<string | null>;
  readonly #paths = new Set<string>();

  /** @param ask lets the user choose a file: its path, or `null` for none */
  constructor(ask: () => Promise<string | null>) {
    this.#ask = ask;
  }

  async choose(): Promise<string | null> {
    const path = await this.#ask();
    if (path !== null) this.#paths.add(path);
    return path;
  }

  /** @throws Error if `path` has not been chosen */
  require(path: string): string {
    if (this.#paths.has(path)) return path;
    throw new Error("This impulse response has not been chosen in this editor. Choose it again.");
  }

  /** @throws Error if `request` names a file that has not been chosen */
  check(request: EditRequest): EditRequest {
    if (request.type === "inserts")
      for (const insert of request.inserts) if ("file" in insert) this.require(insert.file);
    return request;
  }
}
