import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { noise } from "../../dsp/processorBench.js";
import { RATE, SessionBench, type StereoSound } from "../sessionBench.js";
import { LiveBench } from "./liveBench.js";

/** A session with something of everything: resampled, looped and reversed clips, keys, buses, automation, latencies. */
const SESSION = {
  tempo: 100,
  tracks: [
    {
      id: "drums",
      clips: [
        { file: "long.wav", start: 0.1, length: 1.5, fadeIn: { length: 0.2 } },
        { file: "long.wav", start: 1.4, offset: 0.3, gain: -3, fadeOut: { length: 0.5 } },
      ],
      inserts: [
        { type: "eq", bands: [{ type: "peak", frequency: 900, gain: 6 }] },
        { type: "compressor", threshold: -30, ratio: 4, lookahead: 2 },
      ],
      sends: [{ to: "room", level: -6 }],
      fader: -3,
      pan: -0.3,
    },
    {
      id: "bass",
      clips: [{ file: "slow.wav", start: 0, loop: 3, length: 0.7 }],
      inserts: [{ type: "compressor", sidechain: "drums", threshold: -40 }],
      automation: {
        fader: [
          [0, -20],
          [1, 0],
          [2, -12],
        ],
        "inserts/0/threshold": [
          [0.5, -40],
          [1.5, -20],
        ],
      },
    },
    {
      id: "pad",
      clips: [{ file: "pair.wav", start: 0.5, reverse: true, speed: 0.9 }],
      inserts: [{ type: "saturator", drive: 6 }],
      width: 150,
      panMode: "stereo",
      pan: 0.4,
      trim: -4,
      output: "group",
    },
  ],
  buses: [
    { id: "group", inserts: [{ type: "stereo", width: 80 }], trim: 2 },
    { id: "room", inserts: [{ type: "reverb", decay: 0.8, mix: 100 }] },
  ],
  groups: [{ id: "all", members: ["drums", "pad"], fader: -1 }],
  master: { inserts: [{ type: "limiter", ceiling: -6 }], fader: -1 },
};

describe("live mix", () => {
  const bench = new SessionBench();
  before(() => {
    const { left, right } = noise(4 * RATE, 1);
    bench.write("long.wav", [left]);
    bench.write("slow.wav", [right.subarray(0, 44_100)], 44_100);
    bench.write("pair.wav", [left.subarray(100, 90_100), right.subarray(0, 90_000)], 44_100);
  });
  after(() => bench.remove());

  it("gives the render's samples, bit for bit, from the start and in any blocks", () => {
    const frames = 3 * RATE;
    const rendered = bench.render(SESSION, frames);
    assertSame(new LiveBench(bench.livePlan(SESSION)).play(0, frames), rendered);
  });

  it("asks for sound only where clips sound, holds no more than it may, and goes on after a wait", () => {
    const session = {
      tracks: [
        {
          id: "a",
          clips: [
            { file: "long.wav", start: 0.5, length: 0.5 },
            { file: "long.wav", start: 30, length: 1 },
          ],
        },
      ],
    };
    const live = new LiveBench(bench.livePlan(session));
    live.play(0, RATE);
    assert.deepEqual(
      live.requests.map(({ start, count }) => [start, count]),
      [[0, 2 * 16_384]],
    );

    const long = { tracks: [{ id: "a", clips: [{ file: "long.wav", loop: 20 }] }] };
    const slow = new LiveBench(bench.livePlan(long), 6 * 65_536);
    const rendered = bench.render(long, 12 * RATE);
    assertSame(slow.play(0, 12 * RATE), rendered);
    assert.ok(slow.mostBytes <= 6 * 65_536, `${slow.mostBytes} bytes`);

    slow.live.start(0);
    slow.prepare();
    slow.isSlow = true;
    const first = slow.goOn(6 * RATE).left;
    const heard = first.findLastIndex((sample) => sample !== 0) + 1;
    assert.ok(heard > 0 && heard < first.length);
    slow.isSlow = false;
    slow.prepare();
    assertSame(slow.goOn(RATE), {
      left: rendered.left.subarray(slow.live.position - RATE, slow.live.position),
      right: rendered.right.subarray(slow.live.position - RATE, slow.live.position),
    });
  });

  it("loops without a seam: what goes in jumps, effects and late tracks go on", () => {
    const session = {
      tracks: [
        { id: "a", clips: [{ file: "long.wav" }], inserts: [{ type: "compressor", ratio: 1, lookahead: 5 }] },
        { id: "b", clips: [{ file: "long.wav", gain: -6 }] },
      ],
    };
    const rendered = bench.render(session, 2 * RATE);
    const live = new LiveBench(bench.livePlan(session));
    live.live.setPath({ start: 10_001, end: 20_010 }, true);
    const { left } = live.play(5000, 60_000);
    left.forEach((sample, i) => {
      const frame = 5000 + i < 20_010 ? 5000 + i : 10_001 + ((5000 + i - 20_010) % 10_009);
      assert.ok(Math.abs(sample - rendered.left[frame]!) < 1e-6, `frame ${i}`);
    });
    assert.ok(live.live.hasLooped);
  });

  it("goes on elsewhere, and ends at the end of its range", () => {
    const session = {
      tracks: [{ id: "a", clips: [{ file: "long.wav" }], inserts: [{ type: "saturator", drive: 0 }] }],
    };
    const rendered = bench.render(session, 3 * RATE);
    const live = new LiveBench(bench.livePlan(session));
    live.play(1000, 5000);
    live.live.seek(100_000);
    live.prepare();
    const { left } = live.goOn(5000);
    // What the effects held back dies away.
    for (let i = 500; i < 5000; i++) assert.ok(Math.abs(left[i]! - rendered.left[100_000 + i]!) < 1e-3);
    assert.equal(live.live.position, 105_000);
    live.live.setPath({ start: 0, end: 106_000 }, false);
    const end = live.goOn(2000);
    assert.ok(live.live.hasEnded);
    assert.ok(end.left[999] !== 0 && end.left.subarray(1000).every((sample) => sample === 0));
  });

  const plain = (extra: object = {}, more: object = {}): object => ({
    panLaw: 0,
    tracks: [{ id: "a", clips: [{ file: "ones.wav" }], ...extra }],
    groups: [{ id: "g", members: ["a"] }],
    ...more,
  });

  it("lets moves of all values be heard within 30 ms, without a step", () => {
    bench.write("ones.wav", [new Float32Array(5 * RATE).fill(0.25)]);
    const bus = { buses: [{ id: "b" }] };
    const cases: [session: object, channel: string, path: string, value: number, expected: number][] = [
      [plain(), "a", "fader", -20, 0.025],
      [plain(), "a", "fader", -Infinity, 0],
      [plain(), "a", "trim", -20, 0.025],
      [plain(), "a", "mute", 1, 0],
      [plain({ mute: true }), "a", "mute", 0, 0.25],
      [plain(), "a", "pan", 1, 0],
      [plain(), "g", "fader", -20, 0.025],
      [plain(), "g", "mute", 1, 0],
      [plain(), "master", "fader", -20, 0.025],
      [plain({ sends: [{ to: "b", level: "-inf" }] }, bus), "a", "sends/0/level", 0, 0.5],
      [plain({ sends: [{ to: "b", mute: true }] }, bus), "a", "sends/0/mute", 0, 0.5],
      [plain({ inserts: [{ type: "gain" }] }), "a", "inserts/0/gain", -20, 0.025],
      [plain({ inserts: [{ type: "gain", gain: -20 }] }), "a", "inserts/0/bypass", 1, 0.25],
      [
        plain({
          inserts: [
            {
              type: "eq",
              bands: [
                { type: "peak", frequency: 99 },
                { type: "lowshelf", frequency: 4000 },
              ],
            },
          ],
        }),
        "a",
        "inserts/0/bands/1/gain",
        -20,
        0.025,
      ],
      [plain({ inserts: [{ type: "gain", gain: -20, bypass: true }] }), "a", "inserts/0/bypass", 0, 0.025],
    ];
    for (const [session, channel, path, value, expected] of cases) {
      const what = `${channel} ${path}`;
      const live = new LiveBench(bench.livePlan(session));
      const first = live.play(0, RATE / 2).left.at(-1);
      live.live.move(channel, path, value);
      assert.ok(!live.live.isChanging, what);
      const { left } = live.goOn(0.03 * RATE);
      assert.ok(Math.abs(left.at(-1) - expected) < 1e-5, `${what}: ${left.at(-1)}`);
      const steps = left.map((sample, i) => Math.abs(sample - (i > 0 ? left[i - 1]! : first)));
      const most = Math.abs(expected - first) / (0.01 * RATE);
      assert.ok(Math.max(...steps) < most, `${what}: a step of ${Math.max(...steps)}`);
    }
  });

  it("opens and closes ways of a new plan without a new graph: solo, mute, polarity", () => {
    const two = (a: object, b: object): object => ({
      panLaw: 0,
      tracks: [
        { id: "a", clips: [{ file: "ones.wav" }], ...a },
        { id: "b", clips: [{ file: "ones.wav", gain: -20 }], ...b },
      ],
    });
    const live = new LiveBench(bench.livePlan(two({}, {})));
    live.play(0, 4800);
    const steps: [a: object, b: object, expected: number][] = [
      [{}, { solo: true }, 0.025],
      [{ mute: true }, {}, 0.025],
      [{ mute: true, solo: true }, {}, 0],
      [{ polarity: "inverted" }, {}, -0.225],
      [{}, {}, 0.275],
    ];
    for (const [a, b, expected] of steps) {
      live.setPlan(bench.livePlan(two(a, b)));
      assert.ok(!live.live.isChanging);
      const heard = live.goOn(0.03 * RATE).left.at(-1) ?? NaN;
      assert.ok(Math.abs(heard - expected) < 1e-5, `${JSON.stringify([a, b])}: ${heard}`);
    }
  });

  it("lets the limiter of the master be turned while it runs", () => {
    const inserts = [{ type: "limiter", ceiling: -18, gain: 0 }];
    const live = new LiveBench(bench.livePlan(plain({}, { master: { inserts } })));
    const first = live.play(0, RATE / 2).left.at(-1);
    assert.ok(Math.abs(first - 10 ** (-18 / 20)) < 1e-3, `${first}`);
    live.live.move("master", "inserts/0/ceiling", -24);
    assert.ok(!live.live.isChanging);
    const { left } = live.goOn(0.03 * RATE);
    assert.ok(Math.abs(left.at(-1) - 10 ** (-24 / 20)) < 1e-3, `${left.at(-1)}`);
    live.live.move("master", "inserts/0/lookahead", 8);
    assert.ok(live.live.isChanging);
    live.goOn(RATE);
    assert.ok(!live.live.isChanging);
  });

  it("leaves to automation what it moves", () => {
    const live = new LiveBench(bench.livePlan(plain({ automation: { fader: [[0, -20]] } })));
    live.play(0, 4800);
    live.live.move("a", "fader", 0);
    assert.ok(Math.abs(live.goOn(4800).left.at(-1) - 0.025) < 1e-6);
  });

  it("takes other values of a new plan over as moves, and keeps what a hand has moved since", () => {
    const live = new LiveBench(bench.livePlan(plain()));
    live.play(0, 4800);
    live.live.move("a", "fader", -20);
    live.setPlan(bench.livePlan(plain({ pan: -1 })));
    assert.ok(!live.live.isChanging);
    const { left, right } = live.goOn(4800);
    assert.ok(Math.abs(left.at(-1) - 0.025) < 1e-6 && Math.abs(right.at(-1)) < 1e-9);
    live.setPlan(bench.livePlan(plain({ fader: -40 })));
    assert.ok(Math.abs(live.goOn(4800).left.at(-1) - 0.0025) < 1e-6);
  });

  it("changes to another structure where it plays, and fades over", () => {
    const live = new LiveBench(bench.livePlan(SESSION));
    live.play(0, RATE);
    const tracks = SESSION.tracks.map((track, i) => (i === 1 ? track : { ...track, inserts: [] }));
    // Without the reverb, which has not heard all that was before.
    const changed = { ...SESSION, tracks, buses: SESSION.buses.map((bus) => ({ ...bus, inserts: [] })) };
    const rendered = bench.render(changed, 3 * RATE);
    live.setPlan(bench.livePlan(changed));
    assert.ok(live.live.isChanging);
    live.goOn(RATE / 2);
    assert.ok(!live.live.isChanging);
    const from = live.live.position;
    const { left } = live.goOn(RATE);
    assert.equal(from, 1.5 * RATE);
    const rest = left.map((sample, i) => sample - rendered.left[from + i]!);
    // Detectors and releases have not heard all of it either: a frame too early or late would be as loud as the sound.
    assert.ok(rms(rest) < 0.06 * rms(left), `${rms(rest)} of ${rms(left)}`);
  });

  for (const [name, insert] of [
    ["a gain", { type: "gain", gain: 6 }],
    ["a limiter, with its latency,", { type: "limiter", ceiling: -18, truePeak: true }],
  ] as const) {
    it(`leaves ${name} out at equal loudness, and as it was otherwise`, () => {
      const plan = bench.livePlan({
        tracks: [{ id: "a", clips: [{ file: "long.wav", gain: -12 }], inserts: [insert] }],
      });
      const power = ({ left }: StereoSound): number =>
        10 * Math.log10(left.reduce((sum, x) => sum + x * x, 0) / left.length);
      const live = new LiveBench(plan);
      live.play(0, RATE / 2);
      const before = power(live.goOn(RATE / 2));
      live.live.move("a", "inserts/0/compare", 1);
      live.goOn(RATE);
      const compared = power(live.goOn(RATE / 2));
      assert.ok(Math.abs(compared - before) < 0.2, `${compared - before} dB`);
      live.live.move("a", "inserts/0/compare", 0);
      live.goOn(RATE / 4);
      assert.ok(Math.abs(power(live.goOn(RATE / 2)) - before) < 0.2);
      live.live.move("a", "inserts/0/bypass", 1);
      live.goOn(RATE / 4);
      const plain = new LiveBench(
        bench.livePlan({ tracks: [{ id: "a", clips: [{ file: "long.wav", gain: -12 }] }] }),
      );
      plain.play(0, (13 * RATE) / 4);
      assert.ok(Math.abs(power(live.goOn(RATE / 2)) - power(plain.goOn(RATE / 2))) < 0.2);
    });
  }
});

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

function assertSame(actual: StereoSound, expected: StereoSound): void {
  for (const side of ["left", "right"] as const) {
    const at = actual[side].findIndex((sample, i) => !Object.is(sample, expected[side][i]));
    assert.equal(at, -1, `${side}, frame ${at}: ${actual[side][at]} instead of ${expected[side][at]}`);
  }
  assert.ok(actual.left.some((sample) => sample !== 0));
}
