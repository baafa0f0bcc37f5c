import {
  mapZyx,
  type PartnerPlace,
  type Sample,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import { movedPairs } from "./moved_pairs.ts";

/** For each voxel of a sample, the pair whose line from site to site is nearest. */
export interface NearPairs {
  /** The pairs, in voxels of the sample. */
  readonly pairs: readonly PartnerPlace[];
  /** Which one it is; -1 where none is within reach. `[D, H, W]`. */
  readonly pair: Int32Array;
  /** Nanometres to its line; `Infinity` where none is. `[D, H, W]`. */
  readonly distanceNm: Float32Array;
  /** How far along the line: 0 at the presynaptic site, 1 at the other. `[D, H, W]`. */
  readonly along: Float32Array;
  /** 1 where clefts are labelled and pairs are known, else 0. `[D, H, W]`. */
  readonly mask: Uint8Array;
}

/** Finds, for each voxel, the pair that is nearest within `reachNm`. */
export function nearPairs(sample: Sample, reachNm: number): NearPairs {
  const { shapeVox, voxelNm, partners } = sample;
  if (!partners) {
    throw new TypeError("Cannot learn partners of a sample that traces none");
  }
  const pairs = movedPairs({ shapeVox, partners });
  const count = sizeOf(shapeVox);
  const result: NearPairs = {
    pairs,
    pair: new Int32Array(count).fill(-1),
    distanceNm: new Float32Array(count).fill(Infinity),
    along: new Float32Array(count),
    mask: sample.mask.map((isKnown, i) =>
      Number.isNaN(partners.from.z[i]) ? 0 : isKnown
    ),
  };
  const inNm = (place: Zyx) => mapZyx((axis) => place[axis] * voxelNm[axis]);
  for (const [number, { preVox, postVox }] of pairs.entries()) {
    const pre = inNm(preVox), post = inNm(postVox);
    const bounds = ([0, 1, 2] as const).map((axis) => {
      const low = (Math.min(pre[axis], post[axis]) - reachNm) / voxelNm[axis];
      const high = (Math.max(pre[axis], post[axis]) + reachNm) / voxelNm[axis];
      return [
        Math.max(0, Math.ceil(low)),
        Math.min(shapeVox[axis] - 1, Math.floor(high)),
      ] as const;
    });
    lookAround(result, { number, pre, post, bounds, sample, reachNm });
  }
  return result;
}

function lookAround(
  { pair, distanceNm, along }: NearPairs,
  { number, pre, post, bounds, sample, reachNm }: {
    readonly number: number;
    readonly pre: Zyx;
    readonly post: Zyx;
    readonly bounds: readonly (readonly [first: number, last: number])[];
    readonly sample: Sample;
    readonly reachNm: number;
  },
): void {
  const { shapeVox: [, height, width], voxelNm } = sample;
  const [[z0, z1], [y0, y1], [x0, x1]] = bounds as [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ];
  const line = mapZyx((axis) => post[axis] - pre[axis]);
  const square = line[0] ** 2 + line[1] ** 2 + line[2] ** 2;
  for (let z = z0; z <= z1; z++) {
    const dz = z * voxelNm[0] - pre[0];
    for (let y = y0; y <= y1; y++) {
      const dy = y * voxelNm[1] - pre[1];
      for (let x = x0; x <= x1; x++) {
        const dx = x * voxelNm[2] - pre[2];
        const part = square === 0
          ? 0
          : (dz * line[0] + dy * line[1] + dx * line[2]) / square;
        const t = Math.min(1, Math.max(0, part));
        const nm = Math.hypot(
          dz - t * line[0],
          dy - t * line[1],
          dx - t * line[2],
        );
        const i = (z * height + y) * width + x;
        if (nm > reachNm || nm >= distanceNm[i]!) continue;
        pair[i] = number;
        distanceNm[i] = nm;
        along[i] = t;
      }
    }
  }
}
