import { deepStrictEqual } from "node:assert/strict";
import type { Volume } from "@/core/mod.ts";
import { sources } from "../source/mod.ts";
import { detectBadSections } from "./detect.ts";

const tissue = await sources.create(sources.schema.parse({
  type: "phantom",
  shapeVox: [12, 160, 170],
  misalignmentNm: 0,
  weakSections: 0,
})).open({ dataRoots: [], cacheFolder: "/nowhere", where: "test" });

/** The phantom with some of its sections changed, each by its voxels. */
function changed(
  sections: Readonly<Record<number, (image: Float32Array) => Float32Array>>,
): Volume {
  return {
    ...tissue,
    read(box) {
      const patch = tissue.read(box);
      const change = sections[box.startVox[0]];
      return change ? { ...patch, image: change(patch.image) } : patch;
    },
  };
}

Deno.test("detectBadSections() finds nothing bad where nothing is", () => {
  deepStrictEqual(detectBadSections(tissue), []);
});

Deno.test("detectBadSections() finds what is missing, faint or unlike its neighbours", () => {
  const found = detectBadSections(changed({
    0: (image) => image.map(() => 0),
    4: (image) => image.map((grey) => 0.5 + 0.2 * (grey - 0.5)),
    7: (image) => image.map((grey, i) => image[image.length - 1 - i] ?? grey),
    11: (image) => image.map(() => 0.7),
  }));
  deepStrictEqual(found, [
    { section: 0, why: "missing" },
    { section: 4, why: "of low contrast" },
    { section: 7, why: "unlike its neighbours" },
    { section: 11, why: "missing" },
  ]);
});
