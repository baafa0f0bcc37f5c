import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { encodeTiff } from "../import/_testing.ts";
import { openTiffStack } from "./stack.ts";

/** Pages of 3 × 4 pixels, each pixel its number. */
function pages(count: number, first = 0): Uint16Array[] {
  return Array.from(
    { length: count },
    (_, z) => Uint16Array.from({ length: 12 }, (_, i) => 100 * (first + z) + i),
  );
}

Deno.test("openTiffStack() reads boxes of pages and of files in their order", () =>
  inTemporaryFolder((folder) => {
    const write = (name: string, count: number, first: number) =>
      Deno.writeFileSync(
        join(folder, name),
        encodeTiff({ width: 4, pages: pages(count, first) }),
      );
    write("z10.tif", 1, 3);
    write("z2.tif", 3, 0);
    using stack = openTiffStack(join(folder, "z*.tif"), "--volume");
    const array = stack.dataset("");
    deepStrictEqual([array.shapeVox, array.kind], [[4, 3, 4], "u16"]);
    deepStrictEqual(
      [...array.read({ startVox: [1, 1, 2], shapeVox: [3, 2, 2] })],
      [106, 107, 110, 111, 206, 207, 210, 211, 306, 307, 310, 311],
    );
    const filesIn = (z: number, sections: number) =>
      array.filesIn({ startVox: [z, 0, 0], shapeVox: [sections, 1, 1] });
    deepStrictEqual(stack.filesOf("").length, 2);
    deepStrictEqual(filesIn(0, 4), stack.filesOf(""));
    deepStrictEqual(filesIn(1, 2), [join(folder, "z2.tif")]);
  }));

Deno.test("openTiffStack() refuses pages that differ, and what is no TIFF", () =>
  inTemporaryFolder((folder) => {
    const path = join(folder, "a.tif"), other = join(folder, "b.tif");
    const refuses = (message: RegExp, pattern = join(folder, "*.tif")) =>
      throws(() => {
        using stack = openTiffStack(pattern, "--volume");
        const { shapeVox } = stack.dataset("");
        stack.dataset("").read({ startVox: [0, 0, 0], shapeVox });
      }, { message, where: "--volume" });
    const sound = encodeTiff({ width: 4, pages: pages(1) });
    Deno.writeFileSync(path, sound);
    Deno.writeFileSync(other, encodeTiff({ width: 3, pages: pages(1) }));
    refuses(/b.tif": a page has 4 × 3 pixels of 16 bits, .*a.tif" has 3 × 4/);
    Deno.writeFileSync(
      other,
      encodeTiff({ width: 4, pages: [new Uint8Array(12)] }),
    );
    refuses(/3 × 4 pixels of 8 bits, .* has 3 × 4 pixels of 16 bits/);
    Deno.writeTextFileSync(other, "no picture of any kind");
    refuses(/b.tif": it is no TIFF/);
    Deno.writeFileSync(other, sound.subarray(0, sound.length - 30));
    refuses(/Cannot read the image ".*b.tif"/);
    refuses(/Cannot find images/, join(folder, "c.tif"));
  }));
