import fc from "fast-check";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { assertEven, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, applied, opened, speckle } from "./_testing.ts";

comparePeers("superpixels");

Deno.test("superpixels() draws its share evenly from 0.1 to 0.5", () =>
  assertEven(drawnChanges("superpixels").map((one) => one.share!), [0.1, 0.5]));

/** A section of 16 x 24 voxels with 2 x 3 regions. */
function uniform(
  {
    share = 1,
    field = new Array(6).fill(0),
    compactness = 0.2,
    grey = speckle,
  }: {
    readonly share?: number;
    readonly field?: readonly number[] | string;
    readonly compactness?: number;
    readonly grey?: typeof speckle;
  },
): Float32Array {
  return applied(opened("superpixels", { compactness }), {
    shapeVox: [1, 16, 24],
    grey,
    parameters: { changes: [{ share }], field },
  }).image;
}

Deno.test("superpixels() leaves one grey for each region, of those there were", () => {
  const before = uniform({ share: 0 });
  assertSameNumbers(
    before,
    before.map((_, i) => speckle(0, Math.floor(i / 24), i % 24)),
  );
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      (compactness) => {
        const greys = new Set(uniform({ compactness }));
        assertEquals(greys.size <= 6, true, `${greys.size} greys`);
        for (const grey of greys) assertEquals(grey >= 0 && grey <= 1, true);
      },
    ),
    { numRuns: 20 },
  );
});

Deno.test("superpixels() makes those regions uniform whose number is below the share", () => {
  // Squares of 8 voxels, where place counts for all: below 2 · 0.5 - 1 is uniform.
  const field = [-0.1, 0.1, 0, -0.9, 0.9, 0.3];
  const image = uniform({ share: 0.5, field, compactness: 1e4 });
  field.forEach((number, region) => {
    const [top, left] = [8 * Math.floor(region / 3), 8 * (region % 3)];
    const greys = new Set<number>();
    for (let y = 2; y < 6; y++) {
      for (let x = 2; x < 6; x++) greys.add(image[24 * (top + y) + left + x]!);
    }
    assertEquals(greys.size === 1, number < 0, `region ${region}`);
  });
});

Deno.test("superpixels() follows edges, which stay where they are", () => {
  const edge = (_z: number, y: number, x: number) =>
    2 * x < 17 + y ? 0.25 : 0.75;
  assertSameNumbers(
    uniform({ grey: edge, compactness: 1e-3 }),
    uniform({ grey: edge, share: 0 }),
  );
});

Deno.test("superpixels() takes a share from 0 to 1", () => {
  const fits = (share: number) =>
    accepts(opened("superpixels"), {
      shapeVox: [1, 16, 24],
      parameters: { changes: [{ share }], field: "1/a" },
    });
  assertEquals(
    [fits(0), fits(1), fits(-0.1), fits(1.1)].join(),
    "true,true,false,false",
  );
});
