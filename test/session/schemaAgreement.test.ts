/** What VS Code validates with and what our parser accepts are the same. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Ajv } from "ajv";
import fc from "fast-check";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { parseMix } from "../../src/session/mixDocument.js";
import { publishedSchemas } from "../../src/session/publishedSchemas.js";

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly items?: Schema | readonly Schema[];
  readonly additionalProperties?: Schema | false;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** Values that a schema describes. */
function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return fc.oneof(...alternatives.map(valuesOf));
  const { minimum: min = 0, maximum: max = 0 } = schema;
  switch (schema.type) {
    case "integer":
      return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));
    case "number":
      return fc.oneof(fc.double({ min, max, noNaN: true }), fc.constantFrom(min, max));
    case "boolean":
      return fc.boolean();
    case "string":
      if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
      return fc.string({ minLength: schema.minLength ?? 0, maxLength: 12 });
    case "array":
      return listsOf(schema);
    case "object":
      return objectsOf(schema);
    default:
      throw new Error(`No values for ${JSON.stringify(schema)}`);
  }
}

function listsOf({ items, minItems = 0 }: Schema): fc.Arbitrary<unknown> {
  if (!Array.isArray(items))
    return fc.array(valuesOf(items as Schema), { minLength: minItems, maxLength: 3 });
  const tuple = fc.tuple(...(items as Schema[]).map(valuesOf));
  return fc
    .tuple(tuple, fc.integer({ min: minItems, max: items.length }))
    .map(([values, length]) => values.slice(0, length));
}

function objectsOf({ properties, additionalProperties, required = [] }: Schema): fc.Arbitrary<unknown> {
  if (!properties)
    return fc.dictionary(fc.string({ maxLength: 8 }), valuesOf(additionalProperties as Schema), {
      maxKeys: 3,
    });
  const keys = Object.entries(properties).map(([key, each]) => [key, valuesOf(each)]);
  return fc.record(Object.fromEntries(keys) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
}

type Path = readonly (string | number)[];

function placesOf(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  const entries = Object.entries(value).map(([key, each]: [string, unknown]) =>
    placesOf(each).map((path): Path => [Array.isArray(value) ? Number(key) : key, ...path]),
  );
  return [[], ...entries.flat()];
}

function withValueAt(document: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = structuredClone(document) as Record<string | number, unknown>;
  copy[key] = withValueAt(copy[key], rest, value);
  return copy;
}

/** What the schema can see; the other faults lie between the parts of a document. */
const OF_THE_SCHEMA = ["version", "type", "value", "missing", "unknown-key"];
/** Ranges are checked by the schema, too, but for those of automated values. */
const isOfTheSchema = ({ code, message }: { code: string; message: string }): boolean =>
  OF_THE_SCHEMA.includes(code) || (code === "range" && message.startsWith("`"));

const ajv = new Ajv({ strict: false });
for (const [name, parse] of [
  ["mix.schema.json", parseMix],
  ["album.schema.json", parseAlbum],
] as const) {
  describe(name, () => {
    const schema = publishedSchemas()[name]!;
    const validate = ajv.compile(schema);
    const documents = valuesOf(schema);
    const faultsOf = (document: unknown) => parse(JSON.stringify(document)).diagnostics.filter(isOfTheSchema);

    it("describes documents that the parser accepts", () => {
      fc.assert(
        fc.property(documents, (document) => {
          assert.ok(validate(document), JSON.stringify(validate.errors));
          assert.deepEqual(faultsOf(document), []);
        }),
        { numRuns: 60 },
      );
    });

    it("refuses what the parser refuses, whatever is changed where", () => {
      const changed = fc.tuple(
        documents,
        fc.nat(),
        fc.oneof(
          fc.jsonValue({ maxDepth: 1 }),
          fc.constantFrom(-1, 0, 0.5, 1e9, -1e9, "-inf", "", "eq", [], {}, null, { type: "gain", gian: 1 }),
        ),
      );
      fc.assert(
        fc.property(changed, ([document, place, value]) => {
          const places = placesOf(document);
          const other = withValueAt(document, places[place % places.length]!, value);
          const faults = faultsOf(other);
          assert.equal(
            validate(other),
            faults.length === 0,
            JSON.stringify([other, faults, validate.errors]),
          );
        }),
        { numRuns: 150 },
      );
    });
  });
}
