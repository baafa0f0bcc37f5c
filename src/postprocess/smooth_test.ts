import { gaussianFilter, openRng, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { smooth } from "./smooth.ts";
import { sectionsOf } from "./_step.ts";

const shapeVox: Zyx = [6, 7, 9];
const rng = openRng(3);
const values = Float32Array.from({ length: 378 }, () => rng.uniform(0, 1));

function blurred(sigmaVox: Zyx): number[] {
  const step = smooth.create({ sigmaVox });
  if (step.stage !== "probability") throw new Error(step.stage);
  const { section } = step.apply(sectionsOf(values, shapeVox));
  return [0, 1, 2, 3, 4, 5].flatMap((z) => [...section(z)]);
}

Deno.test("smooth() gives by sections what a filter gives of the whole", () => {
  for (
    const sigma of [[0, 1, 1.5], [1, 0, 0], [2.5, 0.7, 0]] as readonly Zyx[]
  ) {
    const wanted = gaussianFilter(values, shapeVox, sigma);
    const found = blurred(sigma);
    assertEquals(found.length, wanted.length);
    found.forEach((value, i) => assertAlmostEquals(value, wanted[i]!, 1e-6));
  }
});

Deno.test("smooth() of no extent changes nothing", () => {
  assertEquals(blurred([0, 0, 0]).join(), [...values].join());
});

Deno.test("smooth() asks for each section once as they go by", () => {
  const asked: number[] = [];
  const step = smooth.create({ sigmaVox: [0.5, 0, 0] }); // reaches 2
  if (step.stage !== "probability") throw new Error(step.stage);
  const { section } = sectionsOf(values, shapeVox);
  const after = step.apply({
    shapeVox,
    section(z) {
      asked.push(z);
      return section(z);
    },
  });
  for (let z = 0; z < 6; z++) after.section(z);
  assertEquals(asked.toSorted().join(), "0,1,2,3,4,5");
});
