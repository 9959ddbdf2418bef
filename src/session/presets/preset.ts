import type * as z from "zod";
import type { insertSchema } from "../insertTable.js";

/** Settings of an insert for a purpose. */
export interface Preset {
  /** "Vocal, gentle"; no two of a type are called the same. */
  readonly name: string;
  /** What it does and when it is of use: a sentence or two. */
  readonly purpose: string;
  /** As it stands in a document. What is not given has its default. */
  readonly insert: z.input<typeof insertSchema>;
}
