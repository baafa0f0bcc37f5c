import fc from "fast-check";
import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { assertRate, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, applied, opened, speckle } from "./_testing.ts";

comparePeers("medianBlur", 6e-7);

Deno.test("medianBlur() draws each odd side up to the largest as often", () => {
  const sides = drawnChanges("medianBlur").map(({ sideVox }) => sideVox);
  for (const side of [3, 5, 7]) {
    assertRate(sides.map((one) => one === side), 1 / 3);
  }
  const small = drawnChanges("medianBlur", { largestVox: 3 });
  assertEquals(small.every(({ sideVox }) => sideVox === 3), true);
});

const smoothed = (sideVox: number, grey: typeof speckle) =>
  applied(opened("medianBlur"), {
    shapeVox: [1, 9, 10],
    grey,
    parameters: { changes: [{ sideVox }] },
  }).image;

Deno.test("medianBlur() takes the middle one of a square", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(1, 3, 5, 7),
      fc.nat(999),
      (sideVox, shift) => {
        const reach = (sideVox - 1) / 2;
        const grey = (z: number, y: number, x: number) =>
          speckle(z + shift, y, x);
        smoothed(sideVox, grey).forEach((found, i) => {
          const square: number[] = [];
          for (let dy = -reach; dy <= reach; dy++) {
            for (let dx = -reach; dx <= reach; dx++) {
              square.push(grey(0, Math.floor(i / 10) + dy, i % 10 + dx));
            }
          }
          const sorted = square.toSorted((a, b) => a - b);
          assertEquals(found, sorted[(square.length - 1) / 2]!);
        });
      },
    ),
    { numRuns: 30 },
  );
});

Deno.test("medianBlur() takes away points of noise and keeps an edge", () => {
  const edge = (_z: number, _y: number, x: number) => x < 5 ? 0.25 : 0.75;
  const dotted = (z: number, y: number, x: number) =>
    y % 4 === 0 && x % 4 === 1 ? 1 : edge(z, y, x);
  assertSameNumbers(smoothed(3, edge), smoothed(1, edge));
  assertSameNumbers(smoothed(3, dotted), smoothed(1, edge));
});

Deno.test("medianBlur() asks for half a side of context, and takes no even one", () => {
  const { marginVox } = opened("medianBlur");
  const changes = [{ sideVox: 3 }, null, { sideVox: 7 }];
  assertEquals(marginVox!([3, 9, 9], { changes }).join(), "0,3,3");
  const fits = (sideVox: number) =>
    accepts(opened("medianBlur"), {
      shapeVox: [1, 9, 9],
      parameters: { changes: [{ sideVox }] },
    });
  assertEquals(
    [fits(1), fits(7), fits(4), fits(9)].join(),
    "true,true,false,false",
  );
});
