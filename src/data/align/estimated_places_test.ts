import { deepStrictEqual, throws } from "node:assert/strict";
import { estimateDefaults } from "@/align/mod.ts";
import { type Box, NotFoundYet, wholeBox, type Zyx } from "@/core/mod.ts";
import { testFolder } from "@test/folder.ts";
import { estimatedPlaces } from "./estimated_places.ts";

function greys(shapeVox: Zyx, data = "a") {
  const reads: Box[] = [];
  const read = (box: Box) => {
    reads.push(box);
    const [, height, width] = box.shapeVox;
    return Float32Array.from(
      { length: height * width },
      (_, i) => ((i * 7919) % 97) / 97,
    );
  };
  return { source: { shapeVox, data, read }, reads };
}

const part = (shapeVox: Zyx) => ({
  firstSection: 1,
  sections: shapeVox[0] - 1,
  block: wholeBox(shapeVox),
  marginVox: 3,
  options: estimateDefaults,
  note() {},
});

Deno.test("estimatedPlaces() compares sections once for equal data and options", () => {
  using folder = testFolder();
  const place = { cacheFolder: folder.path("cache"), where: "x" };
  const shapeVox = [4, 40, 48] as const;
  const first = greys(shapeVox);
  const places = estimatedPlaces(first.source, { ...part(shapeVox), place });
  deepStrictEqual(places.length, 3);
  deepStrictEqual(
    new Set(first.reads.map(({ startVox: [z] }) => z)),
    new Set([1, 2, 3]),
  );
  const again = greys(shapeVox);
  deepStrictEqual(
    estimatedPlaces(again.source, { ...part(shapeVox), place }),
    places,
  );
  deepStrictEqual(again.reads, []);
  for (
    const [data, options] of [
      ["b", estimateDefaults],
      ["a", { ...estimateDefaults, driftSections: 2 }],
      ["a", { ...estimateDefaults, reach: 1 }],
    ] as const
  ) {
    const other = greys(shapeVox, data);
    estimatedPlaces(other.source, { ...part(shapeVox), options, place });
    deepStrictEqual(other.reads.length > 0, true, `${data} ${options.reach}`);
  }
});

Deno.test("estimatedPlaces() keeps nobody waiting who wants an answer at once", () => {
  using folder = testFolder();
  const place = { cacheFolder: folder.path("cache"), where: "x", atOnce: true };
  const large = [20, 400, 400] as const, { source, reads } = greys(large);
  throws(() => estimatedPlaces(source, { ...part(large), place }), NotFoundYet);
  deepStrictEqual(reads, []);
  const small = [4, 40, 48] as const;
  const { length } = estimatedPlaces(greys(small).source, {
    ...part(small),
    place,
  });
  deepStrictEqual(length, 3);
});

Deno.test("estimatedPlaces() says which sections look like no neighbour, and refuses if all are so", () => {
  using folder = testFolder();
  const place = { cacheFolder: folder.path("cache"), where: "x" };
  const shapeVox = [7, 96, 96] as const, lines: string[] = [];
  const sections = (bad: (z: number) => boolean) => ({
    ...greys(shapeVox).source,
    data: `${[0, 1, 2, 3, 4, 5, 6].map(bad)}`,
    read({ startVox: [z] }: Box) {
      if (bad(z)) return new Float32Array(96 * 96); // missing
      let state = 1;
      const blocks = Array.from({ length: 144 }, () => {
        state = (state * 48271) % 2147483647;
        return state / 2147483647;
      });
      return Float32Array.from(
        { length: 96 * 96 },
        (_, i) => blocks[(i / 96 / 8 | 0) * 12 + (i % 96 / 8 | 0)]!,
      );
    },
  });
  const of = (bad: (z: number) => boolean) =>
    estimatedPlaces(sections(bad), {
      ...part(shapeVox),
      place,
      note: (line) => lines.push(line),
    });
  of(() => false);
  deepStrictEqual(lines, []);
  for (const _ of ["found", "recalled"]) of((z) => z === 4);
  deepStrictEqual(
    lines,
    Array(2).fill(
      "Sections that look like no neighbour are placed by those around: 4",
    ),
  );
  throws(() => of(() => true), {
    name: "ExperimentError",
    message: "Cannot estimate shifts: none of 6 sections looks like another",
  });
});
