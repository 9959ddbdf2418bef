import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { seededRandom } from "../../src/units/random.js";
import { SessionBench } from "./sessionBench.js";

const FRAMES = 12_000;
/** What compensation has to reach: -120 dB, of a signal of full scale. */
const NULL = 1e-6;

const limiter = (lookahead: number): object => ({ type: "limiter", ceiling: 0, lookahead, truePeak: false });
/** Late, and otherwise without effect. */
const compressor = (lookahead: number): object => ({ type: "compressor", ratio: 1, lookahead });
const linearEq = { type: "eq", phase: "linear" };

describe("latency compensation", () => {
  const bench = new SessionBench();
  before(() => {
    const random = seededRandom(3);
    const noise = (): Float32Array => Float32Array.from({ length: FRAMES }, () => 0.4 * (random() - 0.5));
    bench.write("noise.wav", [noise()]);
    bench.write("stereo.wav", [noise(), noise()]);
    const bursts = noise().map((sample, i) => (i % 3000 < 800 ? 2 * sample : 0));
    bench.write("bursts.wav", [bursts]);
  });
  after(() => bench.remove());

  const clips = [{ file: "noise.wav", start: 0.01 }];
  const dry = { id: "dry", clips };
  const wet = { id: "wet", clips, polarity: "inverted" };

  /** Asserts that both paths of a session cancel each other, and that each alone does not. */
  function assertNull(session: { tracks: object[] }, spoiling: object = { fader: -3 }): void {
    const { left, right } = bench.render(session, FRAMES);
    for (const side of [left, right]) assert.ok(side.every((sample) => Math.abs(sample) < NULL));
    const [first, ...rest] = session.tracks;
    const alone = bench.render({ ...session, tracks: [{ ...first, ...spoiling }, ...rest] }, FRAMES).left;
    assert.ok(alone.some((sample) => Math.abs(sample) > 0.01));
  }

  it("lets tracks of any latency meet", () => {
    assertNull({ tracks: [dry, { ...wet, inserts: [limiter(3.3), compressor(7.7)] }] });
    assertNull({
      tracks: [
        { ...dry, inserts: [linearEq] },
        { ...wet, inserts: [limiter(2)] },
      ],
    });
  });

  it("lets paths through buses, and buses of buses, meet", () => {
    const buses = [
      { id: "sub", output: "late", inserts: [compressor(2.3)] },
      { id: "late", inserts: [limiter(5)] },
      { id: "plain" },
    ];
    for (const [a, b] of [
      ["master", "late"],
      ["plain", "sub"],
      ["late", "sub"],
    ])
      assertNull({
        tracks: [
          { ...dry, output: a },
          { ...wet, output: b },
        ],
        buses,
      } as { tracks: object[] });
  });

  it("lets sends, before and after the fader, meet the dry signal", () => {
    for (const tap of ["pre", "post"]) {
      const sends = [{ to: "late", tap }];
      assertNull(
        {
          panLaw: 0,
          tracks: [{ ...dry, sends, inserts: [limiter(1.7)] }],
          buses: [{ id: "late", polarity: "inverted", inserts: [compressor(3.9), limiter(2)] }],
          master: { inserts: [limiter(4)] },
        } as { tracks: object[] },
        { sends: [] },
      );
    }
  });

  it("drives detectors in time, whatever lies before the key or before the detector", () => {
    const ducked = { clips, id: "ducked" };
    const keyed = {
      type: "compressor",
      sidechain: "key",
      threshold: -30,
      ratio: 10,
      attack: 0.05,
      release: 20,
    };
    const key = { id: "key", clips: [{ file: "bursts.wav" }], fader: "-inf" };
    const expected = bench.render({ tracks: [{ ...ducked, inserts: [keyed] }, key] }, FRAMES).left;
    assert.ok(
      expected.some((sample, i) => Math.abs(sample) < 0.02 && i > 480 && i < 1300),
      "it ducks",
    );
    const others = [
      { tracks: [{ ...ducked, inserts: [limiter(4.1), keyed] }, key] },
      {
        tracks: [
          { ...ducked, inserts: [keyed] },
          { ...key, inserts: [limiter(4.1)] },
        ],
      },
      {
        tracks: [
          { ...ducked, inserts: [compressor(1.9), keyed, limiter(2)] },
          { ...key, inserts: [limiter(6)] },
        ],
      },
      {
        tracks: [
          { ...ducked, inserts: [keyed] },
          { ...key, mute: true },
        ],
      },
      { tracks: [{ ...ducked, solo: true, inserts: [keyed] }, key] },
      {
        tracks: [
          { ...ducked, inserts: [{ ...keyed, sidechain: "bus" }] },
          { ...key, fader: 0, output: "bus", inserts: [limiter(3)] },
        ],
        buses: [{ id: "bus", fader: "-inf", trim: 10 * Math.log10(2), inserts: [limiter(1)] }],
      },
      {
        tracks: [
          { ...ducked, inserts: [{ ...keyed, sidechain: "bus" }] },
          { ...key, fader: 0, output: "bus" },
        ],
        buses: [{ id: "bus", mute: true, trim: 10 * Math.log10(2) }],
      },
    ];
    for (const session of others) {
      const { left } = bench.render(session, FRAMES);
      left.forEach((sample, i) => assert.ok(Math.abs(sample - expected[i]!) < 1e-5, `frame ${i}`));
    }
  });
});

describe("blocks", () => {
  const bench = new SessionBench();
  before(() => {
    const random = seededRandom(4);
    const noise = (): Float32Array => Float32Array.from({ length: FRAMES }, () => 0.8 * (random() - 0.5));
    bench.write("mono.wav", [noise()]);
    bench.write("stereo.wav", [noise(), noise()]);
  });
  after(() => bench.remove());

  const eq = {
    type: "eq",
    bands: [
      { type: "highpass", frequency: 80 },
      { type: "peak", frequency: 900, gain: 4, q: 2 },
    ],
  };
  const swing = [
    [0, -20],
    [0.07, 0, "smooth"],
    [0.11, -6, "hold"],
    [0.2, -30],
  ];
  const session = {
    tracks: [
      {
        id: "a",
        clips: [{ file: "mono.wav", start: 0.013 }],
        inserts: [eq, { type: "compressor", sidechain: "b", lookahead: 3 }],
        sends: [{ to: "plate", level: -6, tap: "pre", pan: 0.3 }],
        output: "sub",
        automation: {
          fader: swing,
          pan: [
            [0, -1],
            [0.2, 1],
          ],
          "inserts/0/bands/1/gain": [
            [0, -12],
            [0.15, 12],
          ],
          "sends/0/level": swing,
        },
      },
      {
        id: "b",
        clips: [{ file: "stereo.wav" }],
        inserts: [{ type: "limiter", ceiling: -6 }],
        width: 140,
        pan: 0.2,
        output: "sub",
      },
      {
        id: "c",
        clips: [{ file: "mono.wav", start: 0.1 }],
        inserts: [{ type: "gain", gain: 2 }],
        automation: { trim: swing },
      },
    ],
    buses: [
      {
        id: "sub",
        inserts: [eq, { type: "compressor", threshold: -30 }],
        panMode: "stereo",
        pan: -0.4,
        automation: {
          width: [
            [0, 0],
            [0.2, 200],
          ],
        },
      },
      {
        id: "plate",
        inserts: [
          { type: "stereo", width: 150 },
          { type: "limiter", lookahead: 1.3 },
        ],
      },
    ],
    groups: [
      {
        id: "g",
        members: ["a", "c"],
        automation: {
          fader: [
            [0.05, 0],
            [0.15, -12],
          ],
        },
      },
    ],
    master: {
      inserts: [{ type: "limiter", ceiling: -3 }],
      automation: {
        "inserts/0/gain": [
          [0, 0],
          [0.2, 6],
        ],
        fader: [
          [0, -3],
          [0.2, 0],
        ],
      },
    },
  };

  it("of any size give the same bytes", () => {
    const expected = bench.render(session, FRAMES);
    assert.ok(expected.left.some((sample) => Math.abs(sample) > 0.1));
    for (const size of [64, 128, 511]) {
      const { left, right } = bench.render(session, FRAMES, size);
      assert.deepEqual(bytes(left), bytes(expected.left), `left, ${size}`);
      assert.deepEqual(bytes(right), bytes(expected.right), `right, ${size}`);
    }
  });

  it("give the same bytes when tracks come from files", () => {
    const plan = bench.plan(session);
    const expected = bench.play(plan, FRAMES).sound;
    for (const ids of [["a"], ["b"], ["a", "c"], ["a", "b", "c"]]) {
      const frozen = new Map(ids.map((id) => [id, bench.freeze(plan, id)]));
      const { sound } = bench.play(bench.plan(session, frozen), FRAMES, 1000);
      assert.deepEqual(bytes(sound.left), bytes(expected.left), ids.join());
      assert.deepEqual(bytes(sound.right), bytes(expected.right), ids.join());
    }
  });

  it("of taps add up to the mix", () => {
    const plan = bench.plan({ ...session, master: {} });
    const { sound, taps } = bench.play(plan, FRAMES, 4096, ["c", "sub", "plate"]);
    sound.left.forEach((sample, i) => {
      const sum = taps.reduce((total, { left }) => total + left[i]!, 0);
      assert.ok(Math.abs(sample - sum) < 1e-6, `frame ${i}`);
    });
  });
});

describe("a mix of linear parts", () => {
  const bench = new SessionBench();
  const random = seededRandom(5);
  const noise = Float32Array.from({ length: 3000 }, () => 0.5 * (random() - 0.5));
  before(() => {
    bench.write("noise.wav", [noise]);
    bench.write("silence.wav", [new Float32Array(3000)]);
  });
  after(() => bench.remove());

  const eq = { type: "eq", bands: [{ type: "peak", frequency: 300, gain: 9, q: 3 }] };
  const session = (first: string, second: string): object => ({
    tracks: [
      {
        id: "a",
        clips: [{ file: first }],
        inserts: [eq],
        sends: [{ to: "bus", level: -3 }],
        automation: {
          fader: [
            [0, -20],
            [0.05, 0],
          ],
        },
      },
      { id: "b", clips: [{ file: second, start: 0.02 }], pan: -0.5, output: "bus" },
    ],
    buses: [{ id: "bus", inserts: [eq, { type: "stereo", width: 60, monoBelow: 120 }] }],
  });

  it("superposes", () => {
    const [both, first, second] = [
      session("noise.wav", "noise.wav"),
      session("noise.wav", "silence.wav"),
      session("silence.wav", "noise.wav"),
    ].map((each) => bench.render(each, 6000));
    both!.left.forEach((sample, i) => {
      assert.ok(Math.abs(sample - first!.left[i]! - second!.left[i]!) < 1e-6, `frame ${i}`);
    });
  });

  it("gives silence for silence, and after the tails", () => {
    const silent = bench.render(session("silence.wav", "silence.wav"), 6000);
    assert.ok(silent.left.every((sample) => sample === 0));
    const { left } = bench.render(session("noise.wav", "noise.wav"), 48_000 * 3);
    assert.ok(left.subarray(-1000).every((sample) => sample === 0));
  });
});

function bytes(samples: Float32Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
