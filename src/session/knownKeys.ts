/** Which keys a schema knows at a place of a document. */
import * as z from "zod";
import type { Path } from "./diagnostic.js";

/**
 * @param document what the schema is held against; it says which alternative of a union is meant
 * @param path to an object in it
 * @returns the keys of that object; none if the schema knows no object there
 */
export function knownKeys(schema: z.core.$ZodType, document: unknown, path: Path): readonly string[] {
  let at = namedSchema(schema, document);
  let value = document;
  for (const key of path) {
    value = (value as Record<string | number, unknown> | undefined)?.[key];
    at = namedSchema(childSchema(at, key), value);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** @returns the schema of what an object has at a key, or a list at an index */
export function childSchema(
  schema: z.core.$ZodType | undefined,
  key: string | number,
): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.core.$ZodType>)[key];
  return undefined;
}

/** The schema inside defaults, options and transforms; of a union of objects, the one that `value` names. */
export function namedSchema(
  schema: z.core.$ZodType | undefined,
  value: unknown,
): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return namedSchema(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodPipe) return namedSchema(schema.in, value);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const { discriminator } = schema.def;
  const named = (value as Record<string, unknown> | undefined)?.[discriminator];
  return schema.options.find((option) => {
    const name = option instanceof z.ZodObject ? (option.shape[discriminator] as unknown) : undefined;
    return name instanceof z.ZodLiteral && name.value === named;
  });
}
