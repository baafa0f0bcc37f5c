import { deepStrictEqual } from "node:assert/strict";
import { openRng, type Zyx } from "@/core/mod.ts";
import { augmentations } from "@/data/mod.ts";
import { assertEquals, makeSample } from "@test/helpers.ts";
import type { ElasticParameters } from "./elastic.ts";

const shapeVox: Zyx = [6, 24, 24];

function elasticOf(options: Record<string, unknown>) {
  return augmentations.create(
    augmentations.schema.parse({ type: "elastic", ...options }),
  );
}

Deno.test("elastic() as in the report reads nothing around the patch and fills with -1/256", () => {
  const elastic = elasticOf({ preset: "report", probShift: 1 });
  const drawn = elastic.draw(shapeVox, openRng(1)) as ElasticParameters;
  deepStrictEqual(elastic.marginVox!(shapeVox, drawn), [0, 0, 0]);
  assertEquals(drawn.angle, 0);
  const before = makeSample({ shapeVox });
  const { image, target, mask } = elastic.apply(before, drawn);
  const outside = image.filter((grey) => grey < 0);
  assertEquals(outside.length > 0, true, "some of it is from outside");
  assertEquals(outside.every((grey) => grey === Math.fround(-1 / 256)), true);
  const greys = new Set(before.image);
  assertEquals(image.every((g) => g < 0 || greys.has(g)), true, "nearest");
  assertEquals(mask.every((known) => known === 1), true, "all is labelled");
  image.forEach((grey, i) => {
    if (grey < 0) assertEquals(target[i], 0, "and is no cleft");
  });
});

Deno.test("elastic() as in CNNectome leaves labels where a section slips", () => {
  const shiftsOf = (preset: string) => {
    const elastic = elasticOf({ preset, probSlip: 1, probShift: 0 });
    const { imageShiftsVox, labelShiftsVox, angle } = elastic.draw(
      shapeVox,
      openRng(1),
    ) as ElasticParameters;
    assertEquals(angle > 0 && angle < Math.PI / 2, true, `${angle}`);
    return { image: imageShiftsVox, labels: labelShiftsVox };
  };
  const still = shapeVox[0];
  deepStrictEqual(
    shiftsOf("cnnectome").labels,
    Array.from({ length: still }, () => [0, 0]),
  );
  const { image, labels } = shiftsOf("gunpowder");
  deepStrictEqual(labels, image);
});
