import { deepStrictEqual, ok } from "node:assert/strict";
import { openRng, type Zyx } from "@/core/mod.ts";
import { augmentations } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";

const shapeVox: Zyx = [6, 24, 24];

/** Each augmentation, also by each of its presets, that needs no file. */
const entries = augmentations.components
  .flatMap(({ name, presets = {} }) => [
    { type: name },
    ...Object.keys(presets).map((preset) => ({ type: name, preset })),
  ])
  .filter((entry) => !create(entry).needs);

function create(entry: object) {
  return augmentations.create(augmentations.schema.parse(entry));
}

for (const entry of entries) {
  const what = Object.values(entry).join(" as in preset ");

  Deno.test(`${what} matches by its schema what it draws, read from JSON`, () => {
    const augmentation = create(entry);
    const schema = augmentation.schema(shapeVox);
    for (let i = 0; i < 30; i++) {
      const drawn = augmentation.draw(shapeVox, openRng(5).at("draw", i));
      const read = JSON.parse(JSON.stringify(drawn));
      const { data, error } = schema.safeParse(read);
      deepStrictEqual(data, read, error?.message);
    }
  });

  Deno.test(`${what} refuses by its schema what is no such thing`, () => {
    const augmentation = create(entry);
    const schema = augmentation.schema(shapeVox);
    const drawn = JSON.parse(
      JSON.stringify(augmentation.draw(shapeVox, openRng(5).at("draw"))),
    );
    for (const wrong of [undefined, 7, "all", [1], {}]) {
      assertEquals(schema.safeParse(wrong).success, false, `${wrong}`);
    }
    for (const key of Array.isArray(drawn) ? [] : Object.keys(drawn)) {
      const { [key]: _, ...less } = drawn;
      ok(!schema.safeParse(less).success, `without ${key}`);
      ok(!schema.safeParse({ ...drawn, [key]: {} }).success, `${key} is {}`);
      ok(
        !schema.safeParse({ ...drawn, [`${key}s`]: 1 }).success,
        "one too many",
      );
    }
  });
}
