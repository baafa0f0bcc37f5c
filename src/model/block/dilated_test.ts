import { deepStrictEqual, match, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { Declaration } from "../weights.ts";
import { blockOf, reachOf } from "./_testing.ts";

function layerOf(
  options: Record<string, unknown>,
  { level = 0, depth = 1 }: { level?: number; depth?: number } = {},
) {
  return blockOf({ type: "dilated", ...options }, {
    level,
    kernelVox: [depth, 3, 3],
  });
}

/** How many convolutions each chain has. */
function chainsOf(layer: ReturnType<typeof layerOf>): number[] {
  const declaration = new Declaration();
  layer.declare(declaration);
  const lengths: number[] = [];
  for (const { name } of declaration.specs) {
    const [, chain] = /^chain(\d+)\/.*kernel$/.exec(name) ?? [];
    if (chain !== undefined) {
      lengths[Number(chain)] = (lengths[Number(chain)] ?? 0) + 1;
    }
  }
  return lengths;
}

Deno.test("dilated() has the report's four chains by default", () => {
  const layer = layerOf({});
  deepStrictEqual(chainsOf(layer), [1, 2, 3, 4]);
  // The first kernel reaches 1; dilations 1, 2, 4, 8 reach 15 more in sections.
  deepStrictEqual(reachOf(layer), [1, 16, 16]);
});

Deno.test("dilated() spreads taps along z where kernels span it", () => {
  deepStrictEqual(reachOf(layerOf({}, { depth: 3 })), [16, 16, 16]);
});

Deno.test("dilated() ends chains before maxDilation, each kept once", () => {
  deepStrictEqual(chainsOf(layerOf({ maxDilation: 4 })), [1, 2, 3]);
  deepStrictEqual(reachOf(layerOf({ maxDilation: 4 })), [1, 8, 8]);
});

Deno.test("dilated() that adapts to depth halves the maximum with each level", () => {
  const chains = [0, 1, 2, 3, 4].map((level) =>
    chainsOf(layerOf({ adaptsToDepth: true }, { level }))
  );
  deepStrictEqual(chains, [[1, 2, 3, 4], [1, 2, 3], [1, 2], [1], [1]]);
});

Deno.test("dilated() refuses chains of which nothing is left", () => {
  throws(() => layerOf({ chains: [[4], [2, 4]], maxDilation: 1 }), (error) => {
    match(`${error}`, /Cannot build a dilated block at level 0/);
    match(`${error}`, /a dilation above 1/);
    return error instanceof ExperimentError;
  });
});
