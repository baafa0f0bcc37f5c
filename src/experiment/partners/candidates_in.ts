import { ExperimentError, type Grid, mapZyx, type Zyx } from "@/core/mod.ts";
import {
  type Neurons,
  type OpenPrediction,
  openPrediction,
} from "@/data/mod.ts";
import {
  type Candidate,
  type CandidateSection,
  featuresOf,
  findCandidates,
  type PartnerPair,
} from "@/partner/mod.ts";
import { labelledObjects, postprocess } from "@/postprocess/mod.ts";
import { sectionsOf } from "../run/postprocess_file.ts";
import type { CandidatePlan } from "../spec/mod.ts";

/** Where candidates are looked for. */
export interface CandidatePlace {
  /** A prediction of signed proximity, as `predict --head` writes it. */
  readonly prediction: string;
  /** The neurons of the volume. */
  readonly neurons: Neurons;
  /** The file that they come from. */
  readonly segmentation: string;
}

/** The candidates of a volume. */
export interface FoundCandidates {
  /** What they lie in. */
  readonly grid: Grid;
  /** Each as a pair, with what a pruner looks at. */
  readonly all: readonly FoundCandidate[];
}

/** A candidate as a pair in nanometres. */
export interface FoundCandidate extends PartnerPair {
  /** What a pruner looks at. */
  readonly features: readonly number[];
  /** Whether it is a pair of the synapse's presynaptic neuron, the other on the other side. */
  readonly isLikely: boolean;
}

/**
 * Finds the candidates of a prediction, section by section; memory holds a byte
 * for each voxel.
 *
 * @throws {ExperimentError} If a file cannot be read, is of a head that learns
 * something else, or the neurons are of another volume.
 */
export async function candidatesIn(
  { prediction: path, neurons, segmentation }: CandidatePlace,
  plan: CandidatePlan,
): Promise<FoundCandidates> {
  using prediction = await openPrediction(path);
  checkHead(prediction, path);
  const { shapeVox, voxelNm, offsetNm } = prediction;
  const grid: Grid = { shapeVox, voxelNm, offsetNm };
  return {
    grid,
    all: candidatesOf({
      grid,
      probability: sectionsOf(prediction).section,
      neurons: neurons.sectionsOf(grid, `${segmentation}, ${path}`),
    }, plan),
  };
}

/** The same of what a head says, `(1 + number) / 2`, and the neurons, by section. */
export function candidatesOf(
  { grid, probability, neurons }: {
    readonly grid: Grid;
    readonly probability: (z: number) => Float32Array;
    readonly neurons: (z: number) => Uint32Array;
  },
  { steps, minContactVox, pairsPerSynapse, gapVox }: CandidatePlan,
): readonly FoundCandidate[] {
  const polarity = (z: number) => probability(z).map((p) => 2 * p - 1);
  const [, height, width] = grid.shapeVox;
  const called = postprocess({
    shapeVox: grid.shapeVox,
    section: (z) => polarity(z).map(Math.abs),
  }, steps);
  const objects = labelledObjects(called).sections();
  function* sections(): Generator<CandidateSection> {
    let z = 0;
    for (const section of objects) {
      yield { objects: section, polarity: polarity(z), segments: neurons(z) };
      z++;
    }
  }
  return findCandidates(sections(), {
    ...{ minContactVox, pairsPerSynapse, gapVox },
    shape: [height, width],
  }).map((one) => pairOf(one, grid));
}

function checkHead({ madeBy }: OpenPrediction, where: string): void {
  if (!madeBy || madeBy.head !== null) return;
  throw new ExperimentError(
    "Cannot find partners in a prediction of clefts: it has no two sides",
    {
      where,
      fix: "Predict the head that learns polarity: deno task predict " +
        `${madeBy.run} --head NAME`,
    },
  );
}

function pairOf(
  candidate: Candidate,
  { voxelNm, offsetNm }: Grid,
): FoundCandidate {
  const { pre, post } = candidate;
  const placeNm = (place: Zyx) =>
    mapZyx((axis) => offsetNm[axis] + (place[axis] + 0.5) * voxelNm[axis]);
  return {
    preNm: placeNm(pre.placeVox),
    postNm: placeNm(post.placeVox),
    preSegment: pre.segment,
    postSegment: post.segment,
    features: featuresOf(candidate, voxelNm),
    isLikely: pre.segment === candidate.synapse.presynaptic &&
      post.polarity < 0,
  };
}
