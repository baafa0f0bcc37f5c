import fc from "fast-check";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { assertEven, drawnChanges } from "./_draws_testing.ts";
import { comparePeers } from "./_peers_testing.ts";
import { accepts, applied, opened } from "./_testing.ts";

comparePeers("blur");

Deno.test("blur() draws its sigma evenly from 0.5 to 1.4", () =>
  assertEven(drawnChanges("blur").map(({ sigma }) => sigma!), [0.5, 1.4]));

Deno.test("blur() makes a Gaussian of a point, and keeps its brightness", () => {
  const blur = opened("blur");
  fc.assert(
    fc.property(fc.double({ min: 0.3, max: 1.6, noNaN: true }), (sigma) => {
      const { image } = applied(blur, {
        shapeVox: [1, 17, 17],
        grey: (_z, y, x) => +(y === 8 && x === 8),
        parameters: { changes: [{ sigma }] },
      });
      const at = (dy: number, dx: number) => image[(8 + dy) * 17 + 8 + dx]!;
      assertAlmostEquals(image.reduce((sum, grey) => sum + grey, 0), 1, 1e-5);
      for (const [dy, dx] of [[0, 1], [1, 0], [1, 1], [-1, 1]] as const) {
        const fall = Math.exp(-(dy * dy + dx * dx) / 2 / sigma ** 2);
        assertAlmostEquals(at(dy, dx), at(0, 0) * fall, 1e-6);
      }
      assertEquals(at(0, Math.floor(4 * sigma + 0.5) + 1), 0); // cut at 4 sigma
    }),
    { numRuns: 20 },
  );
});

Deno.test("blur() asks for context by its widest section", () => {
  const { marginVox } = opened("blur");
  const margin = (...sigmas: (number | null)[]) =>
    marginVox!([sigmas.length, 8, 8], {
      changes: sigmas.map((sigma) => sigma === null ? null : { sigma }),
    }).join();
  assertEquals(margin(1.4, null, 0.5), "0,6,6");
  assertEquals(margin(0.5), "0,2,2");
  assertEquals(margin(0), "0,0,0");
  assertEquals(margin(null, null), "0,0,0");
});

Deno.test("blur() takes no negative sigma, drawn or given", () => {
  const parameters = (sigma: number) => ({ changes: [{ sigma }] });
  const fits = (sigma: number) =>
    accepts(opened("blur"), {
      shapeVox: [1, 8, 8],
      parameters: parameters(sigma),
    });
  assertEquals([fits(0), fits(-0.1)].join(), "true,false");
  let refused = false;
  try {
    opened("blur", { sigma: [-0.1, 1] });
  } catch {
    refused = true;
  }
  assertEquals(refused, true);
});
