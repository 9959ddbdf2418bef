import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { publishedSchemas } from "../../src/session/publishedSchemas.js";

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly properties?: Record<string, Schema>;
}

/** Every property of every object in a schema, by its path. */
function* properties(schema: Schema, path = ""): Generator<[path: string, property: Schema]> {
  for (const [key, value] of Object.entries(schema)) {
    if (typeof value !== "object" || value === null) continue;
    if (key === "properties")
      for (const [name, property] of Object.entries(value as Record<string, Schema>))
        yield [`${path}/${name}`, property];
    yield* properties(value as Schema, key === "properties" ? path : `${path}/${key}`);
  }
}

describe("published schemas", () => {
  for (const [name, schema] of Object.entries(publishedSchemas())) {
    it(`${name} describes every property, numbers with their range`, () => {
      let numbers = 0;
      for (const [path, property] of properties(schema)) {
        assert.ok(property.description, `${path} has no description`);
        assert.ok(!property.description.includes("`"), `${path}: Markdown that is shown as it stands`);
        if (!["number", "integer"].includes(property.type ?? "") || "const" in property || "enum" in property)
          continue;
        numbers++;
        assert.ok(property.minimum !== undefined && property.maximum !== undefined, `${path} has no range`);
        const range = `(${property.minimum} to ${property.maximum}`;
        assert.ok(property.description.includes(range), `${path}: ${property.description}`);
        assert.equal(property.default !== undefined, property.description.includes(", default "), path);
      }
      assert.ok(numbers > 10, `only ${numbers} numbers were looked at`);
    });
  }
});
