import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { INSERT_TABLE, insertSchema, type InsertType } from "../../src/session/insertTable.js";
import { PRESETS, presetsOf } from "../../src/session/presets/presets.js";

/** A convolution cannot be without a file, and none comes with Headroom. */
const TYPES = (Object.keys(INSERT_TABLE) as InsertType[]).filter((type) => type !== "convolution");

describe("factory presets", () => {
  for (const { name, purpose, insert } of PRESETS) {
    it(`${insert.type}: ${name} is an insert, and says what it is for`, () => {
      assert.ok(insertSchema.safeParse(insert).success, JSON.stringify(insertSchema.safeParse(insert).error));
      assert.match(name, /^[A-Z0-9][^.]*$/);
      assert.match(purpose, /^[A-Z0-9].{15,}\.$/);
    });
  }

  for (const type of TYPES) {
    it(`there are several of ${type}, with names of their own`, () => {
      const names = presetsOf(type).map(({ name }) => name);
      assert.ok(names.length >= 2, `${names.length} presets`);
      assert.equal(new Set(names).size, names.length);
    });
  }

  it("differ from the defaults and from each other", () => {
    const values = [
      ...PRESETS.map(({ insert }) => JSON.stringify(insertSchema.parse(insert))),
      ...TYPES.map((type) => JSON.stringify(insertSchema.parse({ type }))),
    ];
    assert.equal(new Set(values).size, values.length);
  });
});
