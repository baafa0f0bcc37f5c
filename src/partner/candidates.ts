import type { Zyx } from "@/core/mod.ts";

/** A section of what candidates are found in; arrays are `[H, W]`. */
export interface CandidateSection {
  /** Signed proximity to partners: from 1 on the presynaptic side to -1. */
  readonly polarity: Float32Array;
  /** The synapse that a voxel is of, from 1; 0 elsewhere. */
  readonly objects: Int32Array;
  /** The neuron that it is of, as any number above 0; 0 is none. */
  readonly segments: Uint32Array;
}

/** How candidates are found. */
export interface CandidateOptions {
  /** Voxels of a synapse that a neuron has at least. */
  readonly minContactVox: number;
  /** Pairs of a synapse, those that have most of it; all of them if 0. */
  readonly pairsPerSynapse: number;
  /** Voxels of no neuron across which two neurons still touch, in a section. */
  readonly gapVox: number;
}

/** What a neuron has of a synapse. */
export interface CandidateSide {
  /** The neuron. */
  readonly segment: number;
  /** Voxels that it has of it. */
  readonly sizeVox: number;
  /** The mean of their signed proximity. */
  readonly polarity: number;
  /** The share of them that is of its side. */
  readonly agreement: number;
  /** That of them which is nearest to their middle. */
  readonly placeVox: Zyx;
}

/** Two neurons that touch in a synapse and may be partners. */
export interface Candidate {
  /** The presynaptic one: the one of the higher sum. */
  readonly pre: CandidateSide;
  /** The postsynaptic one. */
  readonly post: CandidateSide;
  /** Faces of voxels where they touch. */
  readonly contactFaces: number;
  /** Its place among the pairs of the synapse, those with most of it first. */
  readonly rank: number;
  /** The synapse. */
  readonly synapse: {
    /** Its number. */
    readonly object: number;
    /** Its voxels. */
    readonly sizeVox: number;
    /** The neurons that have enough of it. */
    readonly neurons: number;
    /** The presynaptic one of the two that have most of it. */
    readonly presynaptic: number;
  };
}

/**
 * Candidates by contact (techniques A9, after Parag et al. 2018): each two
 * neurons that have enough voxels of a synapse and touch in it, ordered by the
 * sum of the signed proximity in them. Sections come in order; memory holds two
 * of them and the places of synapses.
 */
export function findCandidates(
  sections: Iterable<CandidateSection>,
  { shape: [height, width], ...options }: CandidateOptions & {
    readonly shape: readonly [height: number, width: number];
  },
): readonly Candidate[] {
  const synapses = new Map<number, Synapse>();
  let before: CandidateSection | null = null, z = 0;
  for (const section of sections) {
    const { objects, segments, polarity } = section;
    for (let i = 0; i < objects.length; i++) {
      const object = objects[i]!;
      if (object === 0) continue;
      const synapse = synapses.get(object) ?? new Synapse();
      synapses.set(object, synapse);
      synapse.sizeVox++;
      const segment = segments[i]!;
      if (segment === 0) continue;
      synapse.add(segment, { at: z * height * width + i, value: polarity[i]! });
      if (before && before.objects[i] === object) {
        synapse.touch(segment, before.segments[i]!);
      }
      const x = i % width;
      for (const [step, left] of [[1, width - 1 - x], [width, Infinity]]) {
        for (let k = 1; k <= Math.min(options.gapVox + 1, left!); k++) {
          const j = i + k * step!;
          if (objects[j] !== object) break;
          const other = segments[j]!;
          if (other !== 0 && other !== segment) synapse.touch(segment, other);
          if (other !== 0) break;
        }
      }
    }
    before = {
      objects: objects.slice(),
      segments: segments.slice(),
      polarity,
    };
    z++;
  }
  return [...synapses].toSorted(([a], [b]) => a - b)
    .flatMap(([object, synapse]) =>
      synapse.candidates(object, { ...options, shape: [height, width] })
    );
}

/** What is known of a synapse and of the neurons that share it. */
class Synapse {
  sizeVox = 0;
  readonly #sides = new Map<number, { places: number[]; values: number[] }>();
  readonly #faces = new Map<string, number>();

  /** Adds a voxel of a neuron. */
  add(
    segment: number,
    { at, value }: { readonly at: number; readonly value: number },
  ): void {
    const side = this.#sides.get(segment) ?? { places: [], values: [] };
    side.places.push(at);
    side.values.push(value);
    this.#sides.set(segment, side);
  }

  /** Adds a face between two neurons; none between a neuron and itself or nothing. */
  touch(a: number, b: number): void {
    if (a === b || b === 0) return;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    this.#faces.set(key, (this.#faces.get(key) ?? 0) + 1);
  }

  /** Its candidates, those that have most of it first. */
  candidates(
    object: number,
    { minContactVox, pairsPerSynapse, shape }:
      & Omit<CandidateOptions, "gapVox">
      & { readonly shape: readonly [number, number] },
  ): readonly Candidate[] {
    const large = new Map(
      [...this.#sides].filter(([, { places }]) =>
        places.length >= minContactVox
      ),
    );
    const pairs = [...this.#faces].map(([key, contactFaces]) => {
      const [a, b] = key.split(" ").map(Number) as [number, number];
      return { a, b, contactFaces };
    }).filter(({ a, b }) => large.has(a) && large.has(b));
    const sizeOf = (segment: number) => large.get(segment)!.places.length;
    const least = ({ a, b }: { a: number; b: number }) =>
      Math.min(sizeOf(a), sizeOf(b));
    const ranked = pairs.toSorted((one, other) =>
      least(other) - least(one) || other.contactFaces - one.contactFaces ||
      one.a - other.a || one.b - other.b
    );
    const [first] = ranked;
    const synapse = {
      object,
      sizeVox: this.sizeVox,
      neurons: large.size,
      presynaptic: first ? this.#inOrder(first.a, first.b)[0] : 0,
    };
    return (pairsPerSynapse === 0 ? ranked : ranked.slice(0, pairsPerSynapse))
      .map(({ a, b, contactFaces }, rank) => {
        const [pre, post] = this.#inOrder(a, b);
        return {
          pre: this.#sideOf(pre, { sign: 1, shape }),
          post: this.#sideOf(post, { sign: -1, shape }),
          ...{ contactFaces, rank, synapse },
        };
      });
  }

  /** The presynaptic one of two neurons, then the other. */
  #inOrder(a: number, b: number): readonly [number, number] {
    const sum = (segment: number) => total(this.#sides.get(segment)!.values);
    return sum(a) >= sum(b) ? [a, b] : [b, a];
  }

  #sideOf(
    segment: number,
    { sign, shape }: {
      readonly sign: 1 | -1;
      readonly shape: readonly [number, number];
    },
  ): CandidateSide {
    const { places, values } = this.#sides.get(segment)!;
    return {
      segment,
      sizeVox: places.length,
      polarity: total(values) / values.length,
      agreement: values.filter((value) => sign * value > 0).length /
        values.length,
      placeVox: middleOf(places, shape),
    };
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The place that is nearest to the mean of all. */
function middleOf(
  places: readonly number[],
  [height, width]: readonly [number, number],
): Zyx {
  const at = places.map((place): Zyx => [
    Math.floor(place / (height * width)),
    Math.floor(place / width) % height,
    place % width,
  ]);
  const mean = [0, 1, 2].map((axis) =>
    total(at.map((place) => place[axis]!)) / at.length
  );
  const square = (place: Zyx) =>
    place.reduce((sum, v, axis) => sum + (v - mean[axis]!) ** 2, 0);
  return at.reduce((best, place) =>
    square(place) < square(best) ? place : best
  );
}
