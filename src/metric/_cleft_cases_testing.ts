import type { Zyx } from "@/core/mod.ts";
import { readFixture } from "@test/fixtures.ts";
import type { MetricInput } from "./_metric.ts";

/** A random truth and proposal, and what scipy says of them. */
export interface CleftCase {
  readonly shapeVox: Zyx;
  readonly voxelNm: Zyx;
  readonly truth: string;
  readonly proposal: string;
  readonly cremi: Readonly<Record<string, number>>;
  readonly within: readonly Readonly<Record<string, number>>[];
  readonly objects: readonly {
    readonly minOverlap: number;
    readonly overlapOf: "smaller" | "cleft" | "union";
    readonly one: readonly number[];
    readonly any: readonly number[];
    readonly objects: number;
    readonly found: number;
    readonly falseComponents: number;
  }[];
}

/** The cases of test/fixtures/metric. */
export function cleftCases(): readonly CleftCase[] {
  return readFixture<CleftCase>("metric/clefts.jsonl");
}

/** A case as metrics take it. */
export function caseInput(
  { shapeVox, voxelNm, truth, proposal }: CleftCase,
): MetricInput {
  const voxels = shapeVox[0] * shapeVox[1] * shapeVox[2];
  const bitsOf = (text: string) => {
    const bytes = Uint8Array.fromBase64(text);
    return Uint8Array.from(
      { length: voxels },
      (_, i) => bytes[i >> 3]! >> (i & 7) & 1,
    );
  };
  return {
    probability: Float32Array.from(bitsOf(proposal)),
    target: bitsOf(truth),
    mask: new Uint8Array(voxels).fill(1),
    ...{ shapeVox, voxelNm, threshold: 0.5 },
  };
}
