import { openRng, writeOutput } from "@/core/mod.ts";
import {
  canStandFor,
  isTaken,
  learnPruner,
  type PartnerPair,
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
interface Candidates<Pair> {
  readonly all: readonly Pair[];
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
  const known: Candidates<FoundCandidate>[] = [];
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
  const candidates = known.flatMap(({ all }) => all);
  const score = (kept: readonly number[]) =>
    fScoreOf(known, new Set(kept.map((i) => candidates[i]!)));
  const pruner = withBestThreshold(
    learnPruner(examples, openRng(seed).at("pruner")),
    { features, score },
  );
  const file: PrunerFile = { candidates: plan, pruner };
  writeOutput(output, `${JSON.stringify(file, null, 2)}\n`);
  const taken = candidates.filter((one) => isTaken(pruner, one.features));
  return {
    candidates: examples.length,
    pairs: examples.filter(({ isPair }) => isPair).length,
    threshold: pruner.threshold,
    fScore: fScoreOf(known, new Set(taken)),
  };
}

/** The F-score over all volumes where some of their candidates are kept. */
export function fScoreOf<Pair extends PartnerPair>(
  volumes: readonly Candidates<Pair>[],
  kept: ReadonlySet<Pair>,
): number {
  let matches = 0, pairs = 0;
  for (const { all, truth } of volumes) {
    const found = all.filter((one) => kept.has(one));
    matches += scorePartners(truth, found).matches.length;
    pairs += truth.length + found.length;
  }
  return 2 * matches / pairs;
}
