import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { three } from "../search/_testing.ts";
import { keepSearch, readSearch } from "./kept_search.ts";

Deno.test("readSearch() reads a search as it was submitted, and says what is damaged", () =>
  inTemporaryFolder((folder) => {
    const [first, , third] = three.variants;
    const kept = { matrix: three, chosen: [first!, third!] };
    keepSearch(folder, kept);
    const read = readSearch(folder);
    deepStrictEqual(read, kept);
    deepStrictEqual(read.chosen[1] === read.matrix.variants[2], true);
    keepSearch(folder, { matrix: three, chosen: [{ ...first! }] });
    throws(() => readSearch(folder), /"chosen": not all are places of trials/);
    Deno.writeTextFileSync(join(folder, "search.json"), "{}");
    throws(() => readSearch(folder), /search.json": "matrix" is missing/);
  }));
