import { deepStrictEqual, throws } from "node:assert/strict";
import { testFolder } from "@test/folder.ts";
import { writePieces } from "./_write_pieces.ts";

Deno.test("writePieces() writes every byte, or leaves no file", () => {
  using folder = testFolder();
  const path = folder.path("a");
  throws(() =>
    writePieces(
      path,
      (function* () {
        yield Uint8Array.of(1);
        throw new RangeError("ended");
      })(),
    ), RangeError);
  deepStrictEqual([...Deno.readDirSync(folder.path("."))], []);
  writePieces(path, [[1, 2], [], [3]].map((bytes) => Uint8Array.from(bytes)));
  deepStrictEqual(Deno.readFileSync(path), Uint8Array.of(1, 2, 3));
});
