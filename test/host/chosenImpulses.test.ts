import assert from "node:assert/strict";
import { it } from "node:test";
import { ChosenImpulses } from "../../src/host/wav/chosenImpulses.js";
import type { EditRequest } from "../../src/protocol/wavProtocol.js";
import { insertDefaults, insertSchema } from "../../src/session/insertTable.js";

const request = (file: string): EditRequest => ({
  type: "inserts",
  range: { start: 0, end: 10 },
  inserts: [insertDefaults("gain"), insertSchema.parse({ type: "convolution", file })],
});

it("a view may name the impulse responses that were chosen, and no other file", async () => {
  const answers = ["/rooms/hall.wav", null];
  const chosen = new ChosenImpulses(() => Promise.resolve(answers.shift() ?? null));
  assert.throws(() => chosen.check(request("/rooms/hall.wav")), /has not been chosen/);
  assert.equal(await chosen.choose(), "/rooms/hall.wav");
  assert.equal(await chosen.choose(), null);
  const allowed = request("/rooms/hall.wav");
  assert.equal(chosen.check(allowed), allowed);
  assert.equal(chosen.require("/rooms/hall.wav"), "/rooms/hall.wav");
  assert.throws(() => chosen.check(request("/home/secret.wav")), /Choose it again/);
});
