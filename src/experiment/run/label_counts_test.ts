import { deepStrictEqual } from "node:assert";
import type { Entry, Volume, Zyx } from "@/core/mod.ts";
import { makeVolume } from "@/data/volume/_testing.ts";
import { regionOf } from "./_testing.ts";
import { LabelCounter } from "./label_counts.ts";
import type { Region } from "./volumes.ts";

/** Large enough to be remembered. */
const large: Zyx = [2, 1024, 1024];

/** A region with one cleft voxel; `readings` tells how often it is read. */
function countedRegion(change: Partial<Volume> & { shapeVox?: Zyx } = {}) {
  const readings: string[] = [];
  const made = makeVolume({
    shapeVox: large,
    voxel: () => ({}),
    inputs: [{ path: "/a", bytes: 1, sha256: "a" }],
    ...change,
  });
  const volume: Volume = {
    ...made,
    read({ shapeVox }) {
      readings.push(shapeVox.join());
      const [depth, height, width] = shapeVox, count = depth * height * width;
      const target = new Uint8Array(count);
      target[0] = 1;
      return {
        image: new Float32Array(count),
        target,
        mask: new Uint8Array(count).fill(1),
        shapeVox,
      };
    },
  };
  const region = regionOf("train[0]", volume);
  return { readings, region };
}

function withCounter(body: (counter: LabelCounter) => void): void {
  const cacheFolder = Deno.makeTempDirSync();
  try {
    body(new LabelCounter({ cacheFolder }));
  } finally {
    Deno.removeSync(cacheFolder, { recursive: true });
  }
}

const counts = { clefts: 1, positive: 1, labelled: 1 << 21, voxels: 1 << 21 };

Deno.test("LabelCounter counts large regions once for equal data", () =>
  withCounter((counter) => {
    const first = countedRegion(), again = countedRegion();
    deepStrictEqual(counter.count(first.region), counts);
    deepStrictEqual(first.readings.length, 1);
    deepStrictEqual(counter.count(again.region), counts);
    deepStrictEqual(counter.countWithin(0, [again.region]), [counts]);
    deepStrictEqual(again.readings, []);
    const others: readonly Region[] = [
      countedRegion({ inputs: [{ path: "/a", bytes: 1, sha256: "b" }] }).region,
      { ...again.region, source: { type: "made", labels: "b" } as Entry },
      countedRegion({
        origin: { data: "a", startVox: [0, 0, 1], hasOffset: false },
      }).region,
      countedRegion({ shapeVox: [4, 1024, 1024] }).region,
    ];
    deepStrictEqual(
      counter.countWithin(0, others),
      others.map(() => undefined),
    );
  }));

Deno.test("LabelCounter counts small regions each time", () =>
  withCounter((counter) => {
    const small = countedRegion({ shapeVox: [1, 8, 8] });
    for (const readings of [1, 2]) {
      deepStrictEqual(counter.count(small.region).positive, 1);
      deepStrictEqual(small.readings.length, readings);
    }
  }));

Deno.test("LabelCounter counts within a bound, what has to be made for more", () =>
  withCounter((counter) => {
    const file = countedRegion({ shapeVox: [1, 8, 8] }).region;
    const made = {
      ...countedRegion({
        shapeVox: [1, 8, 8],
        origin: {
          data: "a",
          startVox: [0, 0, 0],
          hasOffset: false,
          isMade: true,
        },
      }).region,
      wholeVox: 128,
    };
    const isCounted = (mostVox: number) =>
      counter.countWithin(mostVox, [file, made, file])
        .map((one) => one !== undefined);
    deepStrictEqual(isCounted(63), [false, false, false]);
    deepStrictEqual(isCounted(64), [true, false, false]);
    deepStrictEqual(isCounted(128), [true, false, true]);
    deepStrictEqual(isCounted(64 + 32 * 128), [true, true, false]);
    deepStrictEqual(isCounted(128 + 32 * 128), [true, true, true]);
    const unlabelled = countedRegion({ hasLabels: false }).region;
    deepStrictEqual(counter.countWithin(0, [unlabelled])[0]?.labelled, 0);
  }));
