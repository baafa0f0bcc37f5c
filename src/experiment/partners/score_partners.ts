import { openCremi } from "@/data/mod.ts";
import { type PartnerScore, scorePartners } from "@/partner/mod.ts";
import { openTruth, pairsOf } from "./known_partners.ts";

/** How well partners were found, and out of how many. */
export interface ScoredPartners extends PartnerScore {
  /** True pairs. */
  readonly truth: number;
  /** Found pairs. */
  readonly found: number;
}

/**
 * Scores the partners of a file against those of a volume, as the challenge does:
 * both sites within 400 nm and in the same neurons (CREMI task 3).
 *
 * @throws {ExperimentError} If a file lacks partners or neurons, or a point lies
 * where no neurons are known.
 */
export async function scorePartnerFile(
  { found: path, truth: truthPath }: {
    readonly found: string;
    readonly truth: string;
  },
): Promise<ScoredPartners> {
  using truth = await openTruth(truthPath);
  using file = await openCremi(path);
  const found = pairsOf(file.annotations, {
    neurons: truth.neurons,
    where: path,
  });
  return {
    truth: truth.pairs.length,
    found: found.length,
    ...scorePartners(truth.pairs, found),
  };
}
