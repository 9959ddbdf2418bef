import { formatDiagnostic, type Diagnostic } from "../session/diagnostic.js";

/** A document that cannot be rendered: says where its errors are. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  constructor(
    readonly file: string,
    readonly diagnostics: readonly Diagnostic[],
  ) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    super(errors.map((diagnostic) => formatDiagnostic(file, diagnostic)).join("\n"));
  }
}
