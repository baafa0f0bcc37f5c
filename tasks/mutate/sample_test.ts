import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { sampleEvenly } from "./sample.ts";

/** Three files, with 10, 2 and 1 mutations. */
const mutations = [["a.ts", 10], ["b.ts", 2], ["c.ts", 1]].flatMap((
  [path, count],
) =>
  Array.from({ length: count as number }, (_, line) => ({
    path: path as string,
    line,
    start: 0,
    end: 0,
    after: "",
  }))
);

function sample(count: number, seed = 1) {
  return sampleEvenly({ mutations, count }, openRng(seed));
}

Deno.test("sampleEvenly() lets files take turns", () => {
  const paths = (count: number) => sample(count).map(({ path }) => path).sort();
  deepStrictEqual(paths(3), ["a.ts", "b.ts", "c.ts"]);
  deepStrictEqual(paths(5), ["a.ts", "a.ts", "b.ts", "b.ts", "c.ts"]);
  deepStrictEqual(paths(0), []);
});

Deno.test("sampleEvenly() gives each mutation once, and no more than there are", () => {
  deepStrictEqual(new Set(sample(99)), new Set(mutations));
  deepStrictEqual(sample(99).length, 13);
});

Deno.test("sampleEvenly() goes by its seed", () => {
  deepStrictEqual(sample(13), sample(13));
  notDeepStrictEqual(sample(13), sample(13, 2));
});
