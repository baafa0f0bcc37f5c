import { openRng, writeOutput } from "@/core/mod.ts";
import {
  canStandFor,
  learnPruner,
  type PartnerPair,
  partnerProbability,
  scorePartners,
  withBestThreshold,
} from "@/partner/mod.ts";
import type { CandidatePlan } from "../spec/mod.ts";
import { candidatesIn, type FoundCandidate } from "./candidates_in.ts";
import type { PrunerFile } from "./find_partners.ts";
import { openTruth } from "./known_partners.ts";

/** A prediction, and the volume that it is of with its partners and neurons. */
export interface KnownVolume {
  /** What a head that learns polarity says of it. */
  readonly prediction: string;
  /** The volume, in the layout of the challenge. */
  readonly truth: string;
}

/** What a pruner was learnt from, and how well it does there, which flatters. */
export interface LearntPruner {
  /** Candidates. */
  readonly candidates: number;
  /** Those that stand for a true pair. */
  readonly pairs: number;
  /** From which probability on one is kept. */
  readonly threshold: number;
  /** F-score over the volumes it was learnt from. */
  readonly fScore: number;
}

/** A volume's candidates and true pairs. */
interface Candidates {
  readonly all: readonly FoundCandidate[];
  readonly truth: readonly PartnerPair[];
}

/**
 * Learns to prune candidates from volumes with known partners, and writes how.
 * Equal volumes and seeds give equal files.
 *
 * @throws {ExperimentError} If a file cannot be read or written, or all
 * candidates are pairs, or none is.
 */
export async function learnPrunerFile(
  { volumes, output, seed, plan }: {
    readonly volumes: readonly KnownVolume[];
    readonly output: string;
    readonly seed: number;
    readonly plan: CandidatePlan;
  },
): Promise<LearntPruner> {
  const known: Candidates[] = [];
  for (const { prediction, truth: path } of volumes) {
    using truth = await openTruth(path);
    const { pairs, neurons } = truth;
    const place = { prediction, neurons, segmentation: path };
    known.push({ ...await candidatesIn(place, plan), truth: pairs });
  }
  const examples = known.flatMap(({ all, truth }) =>
    all.map((one) => ({
      features: one.features,
      isPair: truth.some((pair) => canStandFor(one, pair)),
    }))
  );
  const features = examples.map((one) => one.features);
  const score = (kept: readonly number[]) => fScoreOf(known, kept);
  const pruner = withBestThreshold(
    learnPruner(examples, openRng(seed).at("pruner")),
    { features, score },
  );
  const file: PrunerFile = { candidates: plan, pruner };
  writeOutput(output, `${JSON.stringify(file, null, 2)}\n`);
  const { threshold } = pruner;
  return {
    candidates: examples.length,
    pairs: examples.filter(({ isPair }) => isPair).length,
    threshold,
    fScore: score(
      features.flatMap((one, i) =>
        partnerProbability(pruner, one) >= threshold ? [i] : []
      ),
    ),
  };
}

/** The F-score over all volumes where some of their candidates are kept, by number. */
function fScoreOf(
  volumes: readonly Candidates[],
  kept: readonly number[],
): number {
  const isKept = new Set(kept);
  let first = 0, matches = 0, pairs = 0;
  for (const { all, truth } of volumes) {
    const found = all.filter((_, i) => isKept.has(first + i));
    first += all.length;
    matches += scorePartners(truth, found).matches.length;
    pairs += truth.length + found.length;
  }
  return 2 * matches / pairs;
}
