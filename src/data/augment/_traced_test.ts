import { deepStrictEqual } from "node:assert/strict";
import { inArena, type PlaceArrays } from "@/core/mod.ts";
import { tracedPatch } from "@test/contract/augmentations.ts";
import type { Outside } from "./_outside.ts";
import { openTrace } from "./_traced.ts";

const row = 8;

/** Where along x each voxel of a row comes from; null where that is nowhere. */
function traced(labels: Pick<Outside, "outside" | "outsideLabelled">) {
  const sample = {
    ...tracedPatch([1, 1, row]),
    inside: { startVox: [0, 0, 0], shapeVox: [1, 1, 5] } as const,
  };
  return inArena(() => {
    const trace = openTrace(sample, {
      shapeVox: [1, 1, row],
      labels: { ...labels, outsideValue: 0 },
    });
    const at: PlaceArrays = {
      z: new Float64Array(row),
      y: new Float64Array(row),
      x: Float64Array.from({ length: row }, (_, i) => i),
    };
    trace.read(0, at);
    const { z, x } = trace.traced.partners!.from;
    return Array.from(x, (place, i) => Number.isNaN(z[i]) ? null : place);
  });
}

Deno.test("openTrace() traces nothing where labels are mirrored, whose partners are not", () => {
  for (const outside of ["reflect", "mirror"] as const) {
    deepStrictEqual(
      traced({ outside, outsideLabelled: true }),
      [0, 1, 2, 3, 4, null, null, null],
    );
  }
  const all = [0, 1, 2, 3, 4, 5, 6, 7];
  deepStrictEqual(traced({ outside: "reflect", outsideLabelled: false }), all);
  deepStrictEqual(traced({ outside: "mean", outsideLabelled: true }), all);
});
