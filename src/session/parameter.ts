/**
 * Numbers, levels, choices and switches of a document: their schema, with unit, range, default and
 * meaning in one place. The schema remembers the control that follows from them.
 */
import * as z from "zod";

/** A number that the user may set. */
export interface NumberRange {
  /** Empty for ratios and shares. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Absent: the key must be given. */
  readonly default?: number;
  readonly isWhole?: boolean;
  /** Sets the latency or the structure: stays as it is while audio runs, and is not automated. */
  readonly isFixed?: boolean;
  readonly description: string;
}

/** How a parameter is set by hand. */
export type Control =
  | (NumberRange & { readonly kind: "number" })
  /** A number that may be off: -Infinity. */
  | (NumberRange & { readonly kind: "level" })
  | (Described & { readonly kind: "choice"; readonly choices: readonly (string | number)[] })
  | (Described & { readonly kind: "switch" })
  | (Described & { readonly kind: "list"; readonly most: number; readonly items: readonly Parameter[] });

interface Described {
  readonly description: string;
  readonly default?: string | number | boolean;
}

export interface Parameter {
  /** Of the document. */
  readonly key: string;
  readonly control: Control;
}

const controls = z.registry<Control>();

function controlled<Schema extends z.ZodType>(schema: Schema, description: string, control: Control): Schema {
  const described = schema.describe(description);
  controls.add(described, control);
  return described;
}

/** A number or a level that may move while audio runs. */
export type MovingControl = Extract<Control, { readonly kind: "number" | "level" }>;

/** Whether a parameter may be automated. */
export function canMove(control: Control): control is MovingControl {
  return (control.kind === "number" || control.kind === "level") && !control.isWhole && !control.isFixed;
}

/** @returns how the parameter of a schema made in this file is set; `undefined` for other schemas */
export function controlOf(schema: z.core.$ZodType): Control | undefined {
  return controls.get(schema as z.ZodType);
}

/**
 * @param shape keys and their schemas, each made in this file
 * @returns the parameters in the order of the keys
 * @throws Error if a schema has no control
 */
export function parametersOf(shape: Readonly<Record<string, z.ZodType>>): readonly Parameter[] {
  return Object.entries(shape).map(([key, schema]) => {
    const control = controls.get(schema);
    if (!control) throw new Error(`parametersOf: ${key} has no control`);
    return { key, control };
  });
}

/** "Threshold, dB (-60 to 0, default -18)." */
function describe({ unit, min, max, default: initial, isFixed, description }: NumberRange): string {
  const range = `${min} to ${max}${initial === undefined ? "" : `, default ${shownDefault(initial)}`}`;
  return `${description}${unit === "" ? "" : `, ${unit}`} (${range}).${isFixed ? " Not automated." : ""}`;
}

/** Four digits after the point: √½ is 0.7071. */
const shownDefault = (value: number): string => String(Number(value.toFixed(4)));

/** A number within its range; optional if it has a default. */
export function number(range: NumberRange & { readonly default: number }): z.ZodDefault<z.ZodNumber>;
export function number(range: NumberRange): z.ZodNumber;
export function number(range: NumberRange): z.ZodDefault<z.ZodNumber> | z.ZodNumber {
  const bounded = boundedNumber(range, `between ${range.min} and ${range.max}${unitOf(range)}`);
  const schema: typeof bounded | z.ZodDefault<typeof bounded> =
    range.default === undefined ? bounded : bounded.default(range.default);
  return controlled(schema, describe(range), { kind: "number", ...range });
}

function boundedNumber({ min, max, isWhole }: NumberRange, requirement: string): z.ZodNumber {
  const message = `must be ${isWhole ? "a whole number " : ""}${requirement}`;
  const schema = z.number(`must be a number ${requirement}`).min(min, message).max(max, message);
  return isWhole ? schema.int(message) : schema;
}

const unitOf = ({ unit }: NumberRange): string => (unit === "" ? "" : ` ${unit}`);

/** A level that may be off: a number within its range, or `"-inf"`, which reads as -Infinity. */
export function level(range: NumberRange & { readonly default: number }): LevelSchema {
  const requirement = `between ${range.min} and ${range.max}${unitOf(range)}, or "-inf"`;
  const schema = z
    .union([boundedNumber(range, requirement), z.literal("-inf")], `must be ${requirement}`)
    .default(range.default)
    .transform(readLevel);
  return controlled(schema, `${describe(range)} "-inf" is silence.`, { kind: "level", ...range });
}
type LevelSchema = z.ZodPipe<
  z.ZodDefault<z.ZodUnion<readonly [z.ZodNumber, z.ZodLiteral<"-inf">]>>,
  z.ZodTransform<number, number | "-inf">
>;

/** @returns the level as a number, -Infinity for `"-inf"` */
export function readLevel(level: number | "-inf"): number {
  return level === "-inf" ? -Infinity : level;
}

export function choice<const Values extends readonly [string, ...string[]]>(
  values: Values,
  initial: Values[number],
  description: string,
): z.ZodDefault<z.ZodEnum<{ [K in Values[number]]: K }>> {
  const schema = z.enum(values) as unknown as z.ZodEnum<{ [K in Values[number]]: K }>;
  return controlled(
    schema.default(initial as never),
    `${description}: ${values.join(", ")} (default ${initial}).`,
    { kind: "choice", choices: values, default: initial, description },
  );
}

/** A choice that must be made. */
export function requiredChoice<const Values extends readonly [string, ...string[]]>(
  values: Values,
  description: string,
): z.ZodEnum<{ [K in Values[number]]: K }> {
  const schema = z.enum(values) as unknown as z.ZodEnum<{ [K in Values[number]]: K }>;
  return controlled(schema, `${description}: ${values.join(", ")}.`, {
    kind: "choice",
    choices: values,
    description,
  });
}

/** One of a few numbers. */
export function numberChoice<const Values extends readonly number[]>(
  values: Values,
  initial: Values[number],
  description: string,
): z.ZodDefault<z.ZodLiteral<Values[number]>> {
  return controlled(
    z.literal<Values[number][]>([...values]).default(initial as never),
    `${description}: ${values.join(", ")} (default ${initial}).`,
    { kind: "choice", choices: values, default: initial, description },
  );
}

export function flag(initial: boolean, description: string): z.ZodDefault<z.ZodBoolean> {
  return controlled(z.boolean().default(initial), `${description} (default ${initial}).`, {
    kind: "switch",
    default: initial,
    description,
  });
}

/** A list of like things, each with the parameters of `shape`; empty by default. */
export function list<Shape extends Readonly<Record<string, z.ZodType>>>(
  shape: Shape,
  most: number,
  description: string,
): z.ZodDefault<z.ZodArray<z.ZodObject<Shape, z.core.$strict>>> {
  const items = z.array(z.strictObject(shape)).max(most, `must have at most ${most} entries`);
  return controlled(items.default([]), `${description}, at most ${most}.`, {
    kind: "list",
    most,
    items: parametersOf(shape),
    description,
  });
}
