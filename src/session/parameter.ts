/** Numbers and choices of a document: their schema, with unit, range, default and meaning in one place. */
import { z } from "zod";

/** A number that the user may set. */
export interface NumberRange {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Absent: the key must be given. */
  readonly default?: number;
  readonly description: string;
}

/** "Threshold, dB (-60 to 0, default -18)." */
function describe({ unit, min, max, default: initial, description }: NumberRange): string {
  const range = `${min} to ${max}${initial === undefined ? "" : `, default ${initial}`}`;
  return `${description}${unit === "" ? "" : `, ${unit}`} (${range}).`;
}

/** A number within its range; optional if it has a default. */
export function number(range: NumberRange & { readonly default: number }): z.ZodDefault<z.ZodNumber>;
export function number(range: NumberRange): z.ZodNumber;
export function number(range: NumberRange): z.ZodDefault<z.ZodNumber> | z.ZodNumber {
  const message = `must be between ${range.min} and ${range.max}${range.unit === "" ? "" : ` ${range.unit}`}`;
  const schema = z.number().min(range.min, message).max(range.max, message);
  if (range.default === undefined) return schema.describe(describe(range));
  return schema.default(range.default).describe(describe(range));
}

/** A level that may be off: a number within its range, or `"-inf"`, which reads as -Infinity. */
export function level(range: NumberRange & { readonly default: number }): LevelSchema {
  const message = `must be between ${range.min} and ${range.max} ${range.unit}, or "-inf"`;
  return z
    .union([z.number().min(range.min).max(range.max), z.literal("-inf")], message)
    .default(range.default)
    .transform((value) => (value === "-inf" ? -Infinity : value))
    .describe(`${describe(range)} "-inf" is silence.`);
}
type LevelSchema = z.ZodPipe<
  z.ZodDefault<z.ZodUnion<readonly [z.ZodNumber, z.ZodLiteral<"-inf">]>>,
  z.ZodTransform<number, number | "-inf">
>;

export function choice<const Values extends readonly [string, ...string[]]>(
  values: Values,
  initial: Values[number],
  description: string,
): z.ZodDefault<z.ZodEnum<{ [K in Values[number]]: K }>> {
  const schema = z.enum(values) as unknown as z.ZodEnum<{ [K in Values[number]]: K }>;
  return schema
    .default(initial as never)
    .describe(`${description}: ${values.join(", ")} (default ${initial}).`);
}

export function flag(initial: boolean, description: string): z.ZodDefault<z.ZodBoolean> {
  return z.boolean().default(initial).describe(`${description} (default ${initial}).`);
}
