import { deepStrictEqual, ok } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import { sources } from "@/data/mod.ts";
import { madeTissue } from "../crack/_testing.ts";
import type { Yx } from "../shifts.ts";
import { estimatePlaces, type SectionStack } from "./estimate_places.ts";

const sections = 7, extent = 760, rim = 48;

/** Sections of a phantom that walk at random, a step of up to 12 voxels each. */
async function wandering(): Promise<{ stack: SectionStack; places: Yx[] }> {
  const entry = sources.schema.parse({
    type: "phantom",
    shapeVox: [sections, extent + 2 * rim, extent + 2 * rim],
    misalignmentNm: 0,
  });
  const volume = await sources.create(entry)
    .open({ dataRoots: [], cacheFolder: "/nowhere", where: "test" });
  const rng = openRng(4).at("walk");
  const step = () => rng.integer(25) - 12;
  let y = 0, x = 0;
  const held = (place: number) => Math.max(-rim, Math.min(rim, place));
  const walk = Array.from({ length: sections }, (): Yx => [
    y = held(y + step()),
    x = held(x + step()),
  ]);
  const middle = walk[(sections - 1) >> 1]!;
  const planes = walk.map(([y, x], section) =>
    volume.read({
      // content lies `walk` voxels further on, so less is cut off before it
      startVox: [section, rim - y, rim - x],
      shapeVox: [1, extent, extent],
    }).image
  );
  return {
    places: walk.map((at): Yx => [at[0] - middle[0], at[1] - middle[1]]),
    stack: {
      sections,
      shapeVox: [extent, extent],
      read: (section) => planes[section]!,
    },
  };
}

const { stack, places } = await wandering();
const whole = estimatePlaces(stack);

/** How many sections are more than a voxel off, seen from the one before. */
function farOff(found: readonly Yx[]): number {
  const step = (of: readonly Yx[], z: number, axis: 0 | 1) =>
    of[z]![axis] - of[z - 1]![axis];
  return found.filter((_, z) =>
    z > 0 &&
    !(Math.hypot(
      step(found, z, 0) - step(places, z, 0),
      step(found, z, 1) - step(places, z, 1),
    ) <= 1)
  ).length;
}

Deno.test("estimatePlaces() finds known shifts to a voxel", () => {
  deepStrictEqual(farOff(whole.places), 0);
  deepStrictEqual(whole.unsure, []);
});

Deno.test("estimatePlaces() passes over sections that suit no other, and names them", () => {
  const missing = [2, 5];
  const holed: SectionStack = {
    ...stack,
    read: (section) =>
      missing.includes(section)
        ? new Float32Array(extent * extent)
        : stack.read(section),
  };
  const { places: found, unsure } = estimatePlaces(holed);
  deepStrictEqual(unsure, missing);
  for (const [z, [y, x]] of found.entries()) {
    if (missing.includes(z)) continue;
    const at = whole.places[z]!;
    const away = Math.hypot(y - at[0], x - at[1]);
    ok(away < 4, `section ${z} moved by ${away} voxels`);
  }
  for (const z of missing) {
    for (const axis of [0, 1] as const) {
      const [low, high] = [found[z - 1]![axis], found[z + 1]![axis]]
        .toSorted((a, b) => a - b) as [number, number];
      ok(found[z]![axis] >= low - 1 && found[z]![axis] <= high + 1);
    }
  }
});

Deno.test("estimatePlaces() takes slow drift away if it is told to, jumps not", () => {
  const { plane } = madeTissue(256);
  const slow: SectionStack = {
    ...stack,
    sections: 16,
    shapeVox: [256, 256],
    read: (section) => {
      const jump = section >= 8 ? 6 : 0;
      return plane.map((_, i) => {
        const y = Math.floor(i / 256) - jump, x = i % 256 - section;
        return y < 0 || x < 0 ? 0.5 : plane[y * 256 + x]!;
      });
    },
  };
  const kept = estimatePlaces(slow).places;
  ok(Math.abs(kept[15]![1] - kept[0]![1] - 15) < 0.5);
  const taken = estimatePlaces(slow, { reach: 2, driftSections: 5 }).places;
  ok(Math.abs(taken[10]![1] - taken[5]![1]) < 2);
  ok(taken[8]![0] - taken[7]![0] > 4);
});

Deno.test("estimatePlaces() leaves a single section where it is", () => {
  deepStrictEqual(estimatePlaces({ ...stack, sections: 1 }), {
    places: [[0, 0]],
    links: [],
    unsure: [],
  });
});
