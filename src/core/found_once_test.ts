import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import * as z from "zod";
import { testFolder } from "@test/folder.ts";
import { foundOnce, NotFoundYet, type Search } from "./found_once.ts";

const square = (n: number, calls: number[]): Search<number> => ({
  kind: "squares",
  key: { n },
  schema: z.int().min(1),
  find() {
    calls.push(n);
    return n * n;
  },
  slow: { what: `the square of ${n}`, where: "x.yaml:1" },
});

Deno.test("foundOnce() finds once for a key, and again what is damaged", () => {
  using folder = testFolder();
  const calls: number[] = [], place = { cacheFolder: folder.path("cache") };
  for (const n of [3, 3, 4, 3]) {
    deepStrictEqual(foundOnce(place, square(n, calls)), n * n);
  }
  deepStrictEqual(calls, [3, 4]);
  const squares = folder.path("cache/squares");
  for (const damaged of ["", "null", "0", '{"n":9}']) {
    for (const { name } of Deno.readDirSync(squares)) {
      Deno.writeTextFileSync(join(squares, name), damaged);
    }
    deepStrictEqual(foundOnce(place, square(3, calls)), 9);
  }
  deepStrictEqual(calls.length, 2 + 4);
});

Deno.test("foundOnce() tells who cannot wait of what is slow and not known", () => {
  using folder = testFolder();
  const calls: number[] = [];
  const place = { cacheFolder: folder.path("cache"), atOnce: true };
  throws(() => foundOnce(place, square(5, calls)), (error) => {
    deepStrictEqual(error instanceof NotFoundYet, true);
    deepStrictEqual(
      `${error}`,
      "Cannot wait for the square of 5: not known yet\n  at   x.yaml:1\n" +
        "  fix  A run finds it, which takes a while, and remembers it",
    );
    return true;
  });
  deepStrictEqual(calls, []);
  deepStrictEqual(foundOnce(place, { ...square(5, calls), slow: false }), 25);
  deepStrictEqual(foundOnce(place, square(5, calls)), 25);
  deepStrictEqual(calls, [5]);
});
