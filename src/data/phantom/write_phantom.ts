import {
  type Entry,
  labelComponents,
  mapZyx,
  type PartnerPlace,
  type Zyx,
} from "@/core/mod.ts";
import type { AnnotatedPoint } from "../cremi/annotations.ts";
import { background, siteTypes } from "../cremi/layout.ts";
import { writeCremi } from "../cremi/write_cremi.ts";
import { makePhantom } from "./make.ts";
import { checkTissue, phantomPlan } from "./phantom.ts";

/** What a phantom's file holds. */
export interface WrittenPhantom {
  /** Extent in voxels. */
  readonly shapeVox: Zyx;
  /** Connected clefts. */
  readonly clefts: number;
  /** Cells. */
  readonly neurons: number;
  /** Synaptic partners. */
  readonly partners: number;
}

/**
 * Writes a phantom, an entry of the source catalog, as a volume of the challenge
 * with all that is known of it: grey values, clefts, neuron ids and partners.
 *
 * @throws {ExperimentError} If it is too large, or cannot be written.
 */
export async function writePhantom(
  path: string,
  { source, where }: { readonly source: Entry; readonly where: string },
): Promise<WrittenPhantom> {
  const plan = phantomPlan(source);
  checkTissue(plan, where);
  const { shapeVox, voxelNm, raw, cleft, neuronIds, partners } = makePhantom(
    plan,
  );
  const { labels, count } = labelComponents(cleft, shapeVox, 26);
  await writeCremi(path, {
    voxelNm,
    raw: { shapeVox, data: raw },
    clefts: {
      shapeVox,
      data: BigUint64Array.from(labels, (id) => id ? BigInt(id) : background),
    },
    neuronIds: { shapeVox, data: BigUint64Array.from(neuronIds, BigInt) },
    annotations: {
      offsetNm: [0, 0, 0],
      points: partners.flatMap((pair, i) => pointsOf(pair, { i, voxelNm })),
      partners: partners.map((_, i) => ({
        pre: BigInt(2 * i + 1),
        post: BigInt(2 * i + 2),
      })),
      comments: [],
    },
  });
  return {
    shapeVox,
    clefts: count,
    neurons: new Set(neuronIds).size,
    partners: partners.length,
  };
}

function pointsOf(
  { preVox, postVox }: PartnerPlace,
  { i, voxelNm }: { readonly i: number; readonly voxelNm: Zyx },
): readonly AnnotatedPoint[] {
  const middle = (place: Zyx) =>
    mapZyx((axis) => (place[axis] + 0.5) * voxelNm[axis]);
  return [
    { id: BigInt(2 * i + 1), type: siteTypes.pre, locationNm: middle(preVox) },
    {
      id: BigInt(2 * i + 2),
      type: siteTypes.post,
      locationNm: middle(postVox),
    },
  ];
}
