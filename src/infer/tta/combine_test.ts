import { assertEquals, assertSameNumbers } from "@test/helpers.ts";
import { type CombineMode, startCombination } from "./combine.ts";

const modes: readonly CombineMode[] = ["mean", "median", "min", "max"];

/** `count` predictions of `length` voxels, each voxel in another order. */
function predictions(count: number, length: number): Float32Array[] {
  return Array.from({ length: count }, (_, n) =>
    Float32Array.from(
      { length },
      (_, i) => (n * 7 + i * 3) % count / count,
    ));
}

for (const mode of modes) {
  Deno.test(`startCombination() of the ${mode} needs no more memory for more`, () => {
    const [length, most] = [200_000, 5 * 200_000 * 4];
    const all = predictions(16, length);
    const before = Deno.memoryUsage();
    using combination = startCombination(mode, length);
    for (const one of all) combination.add(one);
    const after = Deno.memoryUsage();
    assertEquals(after.external - before.external < most, true, "16 of them");
    const expected = { mean: 7.5 / 16, median: 7.5 / 16, min: 0, max: 15 / 16 };
    assertSameNumbers(
      combination.result(),
      new Float32Array(length).fill(expected[mode]),
    );
  });
}

Deno.test("startCombination() of the median leaves no file behind", () => {
  const folder = Deno.makeTempDirSync();
  const before = Deno.env.get("TMPDIR");
  Deno.env.set("TMPDIR", folder);
  try {
    {
      using combination = startCombination("median", 3);
      combination.add(Float32Array.of(1, 2, 3));
      combination.add(Float32Array.of(3, 2, 9));
      combination.add(Float32Array.of(2, 7, 4));
      assertSameNumbers(combination.result(), [2, 2, 4]);
      assertEquals([...Deno.readDirSync(folder)].length, 1);
    }
    assertEquals([...Deno.readDirSync(folder)].length, 0);
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
    Deno.removeSync(folder, { recursive: true });
  }
});
