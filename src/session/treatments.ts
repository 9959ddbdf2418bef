/**
 * What is done to a layer's samples, kept short. However many edits there were, a layer has at most one permutation
 * and one gain (in this order, at the front), then offsets and ramps; two offsets in a row are one. A gain or a
 * permutation that comes later moves to the front, past the offsets (which it scales or permutes) and the ramps.
 */
import type { Layer, Piece, Treatment } from "./audioEdits.js";

type Gain = Extract<Treatment, { kind: "gain" }>;
type Permute = Extract<Treatment, { kind: "permute" }>;

/** Pure silence, whatever the number of audio channels. */
export const SILENT_LAYER: Layer = { source: -1, start: 0, isReversed: false, treatments: [] };

/** Factors closer to 1 than this leave every 32-bit sample as it is. */
const UNITY = 1e-12;

/**
 * @param treatment to come after all that is done to `piece` by now
 * @returns the piece with it: each layer is treated, but an offset is added only once
 */
export function treatedPiece(piece: Piece, treatment: Treatment): Piece {
  const layers = piece.layers.map((layer, i) =>
    treatment.kind === "offset" && i > 0 ? layer : withTreatment(layer, treatment),
  );
  return { frames: piece.frames, layers: withoutSilence(layers) };
}

/** @returns `layers` without those that add nothing; at least one */
export function withoutSilence(layers: readonly Layer[]): readonly Layer[] {
  if (layers.length < 2) return layers;
  const sounding = layers.filter(({ source, treatments }) => source >= 0 || treatments.length > 0);
  return sounding.length > 0 ? sounding : [SILENT_LAYER];
}

function withTreatment(layer: Layer, treatment: Treatment): Layer {
  return normalLayer(layer, appended(layer.treatments, treatment));
}

function appended(treatments: readonly Treatment[], added: Treatment): readonly Treatment[] {
  switch (added.kind) {
    case "gain":
      return withGain(treatments, added);
    case "permute":
      return withPermutation(treatments, added);
    case "offset": {
      const last = treatments.at(-1);
      if (last?.kind !== "offset") return [...treatments, added];
      const offsets = last.offsets.map((offset, channel) => offset + added.offsets[channel]!);
      return [...treatments.slice(0, -1), { kind: "offset", offsets }];
    }
    case "ramp":
      return [...treatments, added];
  }
}

function withGain(treatments: readonly Treatment[], { factors }: Gain): Treatment[] {
  const [permute, gain, rest] = parts(treatments);
  const product = factors.map((factor, channel) => unity(factor * (gain?.factors[channel] ?? 1)));
  const scaled = rest.map((treatment) => mapOffsets(treatment, (o) => o.map((v, c) => v * factors[c]!)));
  return [...(permute ? [permute] : []), { kind: "gain", factors: product }, ...scaled];
}

function withPermutation(treatments: readonly Treatment[], { order }: Permute): Treatment[] {
  const [permute, gain, rest] = parts(treatments);
  const permuted = <T>(values: readonly T[]): T[] => order.map((from) => values[from]!);
  return [
    { kind: "permute", order: permute ? permuted(permute.order) : order },
    ...(gain ? [{ kind: "gain" as const, factors: permuted(gain.factors) }] : []),
    ...rest.map((treatment) => mapOffsets(treatment, permuted)),
  ];
}

/** The permutation and the gain at the front, where there are such, and all that follows. */
function parts(treatments: readonly Treatment[]): [Permute | undefined, Gain | undefined, Treatment[]] {
  const rest = [...treatments];
  const permute = rest[0]?.kind === "permute" ? (rest.shift() as Permute) : undefined;
  const gain = rest[0]?.kind === "gain" ? (rest.shift() as Gain) : undefined;
  return [permute, gain, rest];
}

function mapOffsets(treatment: Treatment, map: (offsets: readonly number[]) => number[]): Treatment {
  return treatment.kind === "offset" ? { kind: "offset", offsets: map(treatment.offsets) } : treatment;
}

const unity = (factor: number): number => (Math.abs(factor - 1) < UNITY ? 1 : factor);

/** Leaves out what changes nothing; silence is silence whatever was there. */
function normalLayer(layer: Layer, treatments: readonly Treatment[]): Layer {
  const needed = treatments.filter((treatment) => !isIdle(treatment));
  const isSilent = layer.source < 0 || needed.some(isMute);
  if (!isSilent) return { ...layer, treatments: needed };
  const firstOffset = needed.findIndex(({ kind }) => kind === "offset");
  return firstOffset < 0 ? SILENT_LAYER : { ...SILENT_LAYER, treatments: needed.slice(firstOffset) };
}

function isIdle(treatment: Treatment): boolean {
  switch (treatment.kind) {
    case "gain":
      return treatment.factors.every((factor) => factor === 1);
    case "offset":
      return treatment.offsets.every((offset) => offset === 0);
    case "permute":
      return treatment.order.every((from, channel) => from === channel);
    case "ramp":
      return false;
  }
}

const isMute = (treatment: Treatment): boolean =>
  treatment.kind === "gain" && treatment.factors.every((factor) => factor === 0);

/** @returns `treatments` of a layer of `frames` frames as they are when it is played backwards */
export function reversedTreatments(treatments: readonly Treatment[], frames: number): readonly Treatment[] {
  return treatments.map((treatment) => {
    if (treatment.kind !== "ramp") return treatment;
    const { length, at, isRising } = treatment;
    return { ...treatment, at: length - at - frames, isRising: !isRising };
  });
}

/** @returns whether `later` goes on after `frames` frames as `earlier` would */
export function treatmentsContinue(
  earlier: readonly Treatment[],
  frames: number,
  later: readonly Treatment[],
): boolean {
  return (
    earlier.length === later.length &&
    earlier.every((treatment, i) => continues(treatment, frames, later[i]!))
  );
}

function continues(earlier: Treatment, frames: number, later: Treatment): boolean {
  if (earlier.kind === "gain") return later.kind === "gain" && areEqual(earlier.factors, later.factors);
  if (earlier.kind === "offset") return later.kind === "offset" && areEqual(earlier.offsets, later.offsets);
  if (earlier.kind === "permute") return later.kind === "permute" && areEqual(earlier.order, later.order);
  if (later.kind !== "ramp") return false;
  const { shape, length, at, isRising } = later;
  const isSameRamp = shape === earlier.shape && length === earlier.length && isRising === earlier.isRising;
  return isSameRamp && at === earlier.at + frames;
}

const areEqual = (a: readonly number[], b: readonly number[]): boolean =>
  a === b || a.every((value, i) => value === b[i]);
