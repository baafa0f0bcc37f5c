import { deepStrictEqual } from "node:assert/strict";
import type { Sample } from "@/core/mod.ts";
import { Tally } from "./tally.ts";

/** Two sections of a row of three voxels, nothing cleft, all labelled. */
function sample(changes: Partial<Sample> = {}): Sample {
  return {
    image: Float32Array.of(-0.5, 0, 0.5, 0.99, 1, 1.5),
    target: new Uint8Array(6),
    mask: new Uint8Array(6).fill(1),
    shapeVox: [2, 1, 3],
    ...changes,
  } as Sample;
}

Deno.test("Tally counts samples and sections in which grey or labels changed", () => {
  const tally = new Tally();
  tally.add(sample(), sample());
  tally.add(sample(), sample({ target: Uint8Array.of(0, 0, 0, 0, 0, 1) }));
  tally.add(sample(), sample({ mask: Uint8Array.of(0, 1, 1, 1, 0, 1) }));
  tally.add(
    sample(),
    sample({ image: Float32Array.of(-0.5, 0, 0.5, 0.99, 1, 1) }),
  );
  deepStrictEqual(tally.changes, {
    ...{ draws: 4, samples: 3 / 4, greySections: 1 / 8, labelSections: 3 / 8 },
  });
});

Deno.test("Tally has the shares of grey values, those beyond 0 and 1 at the ends", () => {
  const tally = new Tally();
  const after = sample({ image: new Float32Array(6).fill(0.25) });
  tally.add(sample(), after);
  tally.add(after, after);
  const bins = (shares: Readonly<Record<number, number>>) =>
    Array.from({ length: 64 }, (_, bin) => shares[bin] ?? 0);
  deepStrictEqual(tally.greys, {
    before: bins({ 0: 2 / 12, 16: 6 / 12, 32: 1 / 12, 63: 3 / 12 }),
    after: bins({ 16: 1 }),
  });
});
