import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { INSERT_TABLE, type InsertType } from "../../src/session/insertTable.js";
import { parametersOf, type Control } from "../../src/session/parameter.js";
import { z } from "zod";

const TYPES = Object.keys(INSERT_TABLE) as InsertType[];

/** A value that the control cannot give. */
const beyond = (control: Control): unknown => {
  if (control.kind === "number" || control.kind === "level") return control.max + 1;
  return control.kind === "list" ? Array(control.most + 1).fill({ type: "peak", frequency: 100 }) : "beyond";
};

describe("the insert table", () => {
  for (const type of TYPES) {
    const { parameters, schema } = INSERT_TABLE[type];
    const needed = type === "convolution" ? { file: "hall.wav" } : {};
    const defaults: Record<string, unknown> = schema.parse({ type, ...needed });

    it(`gives every parameter of ${type} a control that agrees with the schema`, () => {
      for (const { key, control } of parameters) {
        assert.ok(control.description.length > 0, key);
        if (control.kind !== "list") assert.deepEqual(control.default, defaults[key], key);
        assert.ok(
          !schema.safeParse({ type, ...needed, [key]: beyond(control) }).success,
          `${key} goes beyond its control`,
        );
        if (control.kind !== "number" && control.kind !== "level") continue;
        for (const value of [control.min, control.max])
          assert.ok(schema.safeParse({ type, ...needed, [key]: value }).success, `${key} cannot be ${value}`);
      }
    });

    it(`lists all parameters of ${type}`, () => {
      const keys = parameters.map(({ key }) => key).sort();
      const common = ["type", "bypass", "name", "file"];
      assert.deepEqual(
        keys,
        Object.keys(defaults)
          .filter((key) => !common.includes(key))
          .sort(),
      );
    });
  }

  it("numbers its rows as the kernels are: each once", () => {
    const kinds = TYPES.map((type) => INSERT_TABLE[type].kind);
    assert.equal(new Set(kinds).size, kinds.length);
  });

  it("knows the parameters of an equalizer's band, in the kernel's order", () => {
    const bands = INSERT_TABLE.eq.parameters[0]?.control;
    assert.ok(bands?.kind === "list");
    assert.deepEqual(
      bands.items.map(({ key, control }) => `${key}: ${control.kind}`),
      ["type: choice", "frequency: number", "gain: number", "q: number", "slope: choice"],
    );
  });

  it("refuses a parameter that no control can set", () => {
    assert.throws(() => parametersOf({ odd: z.string() }), /odd has no control/);
  });
});
