import { ExperimentError } from "@/core/mod.ts";
import {
  type Annotations,
  type Neurons,
  neuronsOf,
  type OpenCremi,
  openCremi,
  partnerSites,
  placeNm,
} from "@/data/mod.ts";
import type { PartnerPair } from "@/partner/mod.ts";

/** A volume whose partners and neurons are known; closed by its owner. */
export interface Truth extends Disposable {
  /** Its partners. */
  readonly pairs: readonly PartnerPair[];
  /** Its neurons. */
  readonly neurons: Neurons;
}

/**
 * Opens a file in the layout of the challenge with partners and neuron ids.
 *
 * @throws {ExperimentError} If it lacks one of them, a pair names no point, or a
 * point lies where no neurons are known.
 */
export async function openTruth(path: string): Promise<Truth> {
  using opening = new DisposableStack();
  const file: OpenCremi = opening.use(await openCremi(path));
  const neurons = neuronsOf(file, path);
  const pairs = pairsOf(file.annotations, { neurons, where: path });
  const opened = opening.move();
  return { pairs, neurons, [Symbol.dispose]: () => opened.dispose() };
}

/**
 * The pairs of some annotations, with the true neurons at their sites.
 *
 * @throws {ExperimentError} If there are none, a pair names no point, or a point
 * lies where no neurons are known.
 */
export function pairsOf(
  annotations: Annotations | undefined,
  { neurons, where }: { readonly neurons: Neurons; readonly where: string },
): readonly PartnerPair[] {
  if (!annotations || annotations.partners.length === 0) {
    throw new ExperimentError("Cannot score partners: the file has none", {
      where,
      fix: "Name a file with a table of partners",
    });
  }
  return partnerSites(annotations, where).map(({ pre, post }) => {
    const preNm = placeNm(pre, annotations);
    const postNm = placeNm(post, annotations);
    const at = (nm: typeof preNm, id: bigint) =>
      neurons.at(nm, { name: `point ${id}`, where });
    return {
      ...{ preNm, postNm },
      preSegment: at(preNm, pre.id),
      postSegment: at(postNm, post.id),
    };
  });
}
