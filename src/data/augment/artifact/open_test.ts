import { ExperimentError, openRng, type Rng } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { deepStrictEqual, throws } from "node:assert";
import type { Pixel } from "../_line.ts";
import { openChain } from "../chain.ts";
import { augmentations } from "../mod.ts";
import { type ArtifactStack, shareNumbers, sheetsOf } from "./_source.ts";
import { openArtifacts } from "./open.ts";

/** A sheet whose mask is 1 where `isArtifact` says, its grey values a ramp. */
function sheet(
  [height, width]: Pixel,
  isArtifact: (y: number, x: number) => boolean,
  grey: (y: number, x: number) => number = (y, x) => (y + x) / 100,
): ArtifactStack {
  const grid = {
    shapeVox: [1, height, width],
    voxelNm: [40, 4, 4],
    offsetNm: [0, 0, 0],
  } as const;
  const share = (value: (y: number, x: number) => number) =>
    shareNumbers({ name: "sheet", grid }, () =>
      Float32Array.from(
        { length: height * width },
        (_, i) => value(Math.floor(i / width), i % width),
      ));
  return {
    image: share(grey),
    alpha: share((y, x) => isArtifact(y, x) ? 1 : 0),
  };
}

const chain = (...entries: object[]) =>
  openChain(
    entries.map((entry) => augmentations.schema.parse(entry)),
    augmentations.create,
  );

function open(
  stacks: readonly ArtifactStack[],
  given: Partial<Parameters<typeof openArtifacts>[1]> = {},
) {
  return openArtifacts(sheetsOf(stacks, { inputs: [], where: "test" }), {
    minMasked: 0.05,
    grey: chain(),
    both: chain(),
    ...given,
  });
}

/** How often each place is drawn. */
function places(
  draw: (rng: Rng) => { readonly startVox: Pixel },
  n: number,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < n; i++) {
    const place = draw(openRng(11).at("sample", i)).startVox.join();
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}

Deno.test("an artifact is drawn at every place with enough of it, each as likely", () => {
  // Sections of 4 x 4 in a sheet of 6 x 7 with one column of artifact, the last:
  // all 3 places along y fit, and along x the last one alone covers 1/4.
  const column = open([sheet([6, 7], (_y, x) => x === 6)], { minMasked: 0.25 });
  const n = 900;
  const counts = places((rng) => column.draw([4, 4], rng), n);
  deepStrictEqual([...counts.keys()].toSorted(), ["0,3", "1,3", "2,3"]);
  for (const count of counts.values()) {
    assertAlmostEquals(count, n / 3, 4 * Math.sqrt(n * 2 / 9));
  }
});

Deno.test("an artifact is found even where hardly a place has enough of it", () => {
  const pixel = open([sheet([300, 300], (y, x) => y === 299 && x === 299)], {
    minMasked: 0.2,
  });
  deepStrictEqual(pixel.draw([2, 2], openRng(1)).startVox, [298, 298]);
  throws(
    () => pixel.draw([4, 4], openRng(1)), // covers 1 / 16
    (error) =>
      error instanceof ExperimentError &&
      error.message.includes("none covers a share of 0.2"),
  );
});

Deno.test("an artifact smaller than the section lies anywhere inside it, whole", () => {
  const small = open([sheet([2, 3], () => true, () => 1)]);
  const n = 1200;
  const counts = places((rng) => small.draw([4, 5], rng), n);
  assertEquals(counts.size, 9); // 3 places along each axis
  for (const count of counts.values()) {
    assertAlmostEquals(count, n / 9, 4 * Math.sqrt(n / 9));
  }
  for (let i = 0; i < 20; i++) {
    const section = new Float32Array(20);
    const drawn = small.draw([4, 5], openRng(2).at(i));
    small.blend(section, [4, 5], drawn);
    const [y, x] = drawn.startVox;
    section.forEach((grey, k) => {
      const row = Math.floor(k / 5) + y, column = k % 5 + x;
      const isIn = row >= 0 && row < 2 && column >= 0 && column < 3;
      assertEquals(grey, isIn ? 1 : 0);
    });
  }
});

Deno.test("an artifact's mask turns and bends with its grey values", () => {
  // Grey values are 0.9 where there is artifact and 0.1 elsewhere: wherever the
  // mask is whole after the same change, the grey value has to be 0.9.
  const inDisc = (y: number, x: number) => Math.hypot(y - 20, x - 20) < 9;
  const disc = open(
    [sheet([40, 40], inDisc, (y, x) => inDisc(y, x) ? 0.9 : 0.1)],
    {
      both: chain(
        {
          type: "elastic",
          controlPointSpacing: [4, 10, 10],
          rotationInterval: [0, Math.PI / 2],
          probSlip: 0,
          probShift: 0,
        },
        { type: "simple" },
      ),
    },
  );
  for (let i = 0; i < 10; i++) {
    const drawn = disc.draw([24, 24], openRng(5).at(i));
    const white = new Float32Array(576).fill(1), black = new Float32Array(576);
    disc.blend(white, [24, 24], drawn);
    disc.blend(black, [24, 24], drawn);
    let covered = 0;
    for (let k = 0; k < 576; k++) {
      const alpha = 1 - white[k]! + black[k]!; // w = 1 - a + g a, b = g a
      assertEquals(alpha >= -1e-6 && alpha <= 1 + 1e-6, true);
      if (alpha < 1 - 1e-6) continue;
      covered++;
      assertAlmostEquals(black[k]!, 0.9, 1e-5);
    }
    assertEquals(covered > 10, true, `${covered} voxels`);
  }
});

Deno.test("an artifact's own grey changes leave its mask alone", () => {
  const half = sheet([8, 8], (_y, x) => x < 4, () => 0.5);
  const brighter = open([half], {
    grey: chain({ type: "intensity", scale: [1, 1], shift: [0.2, 0.2] }),
  });
  const section = new Float32Array(64);
  brighter.blend(section, [8, 8], brighter.draw([8, 8], openRng(1)));
  section.forEach((grey, i) =>
    assertAlmostEquals(grey, i % 8 < 4 ? 0.7 : 0, 1e-6)
  );
});

Deno.test("an artifact drawn by others must be one that there is", () => {
  const only = open([sheet([4, 4], () => true)]);
  const given = { sheet: 1, startVox: [0, 0], grey: [], both: [] } as const;
  throws(
    () => only.blend(new Float32Array(16), [4, 4], given),
    (error) =>
      error instanceof ExperimentError &&
      error.message === "Cannot blend artifact 1: there are 1, from 0",
  );
});
