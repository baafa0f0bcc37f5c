import fc from "fast-check";
import { deepStrictEqual, throws } from "node:assert";
import type { Zyx } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { Sight } from "./sight.ts";

const image = Sight.ofImage([4, 8, 12]);

Deno.test("Sight.around() looks to each side", () => {
  deepStrictEqual(image.around([0, 1, 2]).receptiveVox, [1, 3, 5]);
});

Deno.test("Sight.through() looks at windows, one beside the other", () => {
  const window: Zyx = [1, 2, 4];
  const below = image.through({ kernelVox: window, strides: window });
  deepStrictEqual(below.shapeVox, [4, 4, 3]);
  deepStrictEqual(below.receptiveVox, [1, 2, 4]);
  deepStrictEqual(below.around([1, 1, 1]).receptiveVox, [3, 6, 12]);
});

Deno.test("Sight.through() looks as far as a kernel's taps are apart", () => {
  const spread = { kernelVox: [1, 3, 5], dilations: [1, 4, 2] } as const;
  deepStrictEqual(image.through(spread).receptiveVox, [1, 9, 9]);
});

Deno.test("Sight.through() looks around every second voxel", () => {
  const below = image.through({
    kernelVox: [1, 7, 3],
    strides: [1, 2, 2],
    isCentred: true,
  });
  deepStrictEqual(below.shapeVox, [4, 4, 6]);
  deepStrictEqual(below.receptiveVox, [1, 7, 3]);
  deepStrictEqual(below.around([0, 1, 1]).receptiveVox, [1, 11, 7]);
});

Deno.test("Sight.painted() and Sight.between() look at the coarser voxels that a finer one is made of", () => {
  const half: Zyx = [1, 2, 2];
  const below = image.through({ kernelVox: half, strides: half });
  const fieldOf = (finer: Sight, reach: number) =>
    finer.around([0, reach, reach]).receptiveVox[1];
  const within = below.painted({ kernelVox: half, strides: half });
  deepStrictEqual(within.shapeVox, image.shapeVox);
  deepStrictEqual(fieldOf(within, 0), 2);
  deepStrictEqual(fieldOf(within, 1), 4); // three voxels are part of two
  // A kernel of 4 makes each voxel of two, as interpolation does.
  const four = below.painted({ kernelVox: [1, 4, 4], strides: half });
  for (const between of [below.between(half), four]) {
    deepStrictEqual(between.shapeVox, image.shapeVox);
    deepStrictEqual(fieldOf(between, 0), 4);
    deepStrictEqual(fieldOf(between, 1), 6); // three are between three
  }
  const around = below.painted({
    kernelVox: [1, 3, 3],
    strides: half,
    isCentred: true,
  });
  deepStrictEqual(fieldOf(around, 0), 4); // an odd one
  deepStrictEqual(fieldOf(around, 1), 6); // two odd ones and one between them
});

Deno.test("Sight.with() looks at what either does", () => {
  // Around voxel 1: 0 to 2, and with windows of 2: 0 and 1, or 2 and 3 of 3.
  const half = { kernelVox: [1, 2, 2], strides: [1, 2, 2] } as const;
  const windows = image.through(half).painted(half);
  deepStrictEqual(image.around([0, 1, 1]).with(windows).receptiveVox, [
    1,
    3,
    3,
  ]);
  deepStrictEqual(image.with(windows).receptiveVox, [1, 2, 2]);
  throws(
    () => image.with(image.through(half)),
    /Cannot put features of \[4,8,12\] and of \[4,4,6\] voxels together/,
  );
});

/** The voxels of a line that each place depends on. */
type Ranges = (at: number) => readonly [first: number, last: number];

/** What {@linkcode Sight} does along x, place by place. */
const steps: readonly {
  readonly scale: number;
  readonly see: (sight: Sight) => Sight;
  readonly ranges: (before: Ranges) => Ranges;
}[] = [
  ...([[3, 1, 1], [3, 2, 1], [2, 2, 1], [3, 3, 1], [3, 1, 2]] as const).map(
    ([kernel, stride, dilation]) => ({
      scale: 1 / stride,
      see: (sight: Sight) =>
        sight.through({
          kernelVox: [1, 1, kernel],
          strides: [1, 1, stride],
          dilations: [1, 1, dilation],
        }),
      ranges: (before: Ranges): Ranges => (at) => {
        const reach = (kernel - 1) * dilation;
        const before0 = Math.floor(Math.max(0, reach + 1 - stride) / 2);
        const first = at * stride - before0;
        return [before(first)[0], before(first + reach)[1]];
      },
    }),
  ),
  {
    scale: 3,
    see: (sight) => sight.between([1, 1, 3]),
    ranges: (before) => (at) => {
      const place = (at + 0.5) / 3 - 0.5;
      return [before(Math.floor(place))[0], before(Math.ceil(place))[1]];
    },
  },
  {
    scale: 2,
    see: (sight) => sight.painted({ kernelVox: [1, 1, 2], strides: [1, 1, 2] }),
    ranges: (before) => (at) => [
      before(Math.ceil((at - 1) / 2))[0],
      before(Math.floor(at / 2))[1],
    ],
  },
];

Deno.test("Sight.receptiveVox is the most of all places, though it looks at few", () => {
  const extent = 2 ** 4 * 3 ** 4;
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...steps), { maxLength: 4 }),
      fc.array(fc.constantFrom(...steps), { maxLength: 3 }),
      (chain, side) => {
        let sight = Sight.ofImage([1, 1, extent]), places = extent;
        let ranges: Ranges = (at) => [at, at];
        for (const { scale, see, ranges: after } of chain) {
          [sight, ranges, places] = [see(sight), after(ranges), places * scale];
        }
        // A way beside it, back to the same grid.
        const ways = side.filter(({ scale }) => scale === 1);
        const other = ways.reduce((one, { see }) => see(one), sight);
        const others = ways.reduce((one, way) => way.ranges(one), ranges);
        const both = sight.with(other);
        let most = 0;
        for (let at = 0; at < places; at++) {
          const [a, b] = [ranges(at), others(at)];
          most = Math.max(
            most,
            Math.max(a[1], b[1]) - Math.min(a[0], b[0]) + 1,
          );
        }
        assertEquals(both.shapeVox[2], places);
        assertEquals(both.receptiveVox[2], most);
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("Sight.receptiveVox takes no longer for a large grid", () => {
  const far = Sight.ofImage([1, 1, 2 ** 40])
    .through({ kernelVox: [1, 1, 2], strides: [1, 1, 2] })
    .through({ kernelVox: [1, 1, 3] })
    .between([1, 1, 2]);
  assertEquals(far.shapeVox[2], 2 ** 40);
  assertEquals(far.receptiveVox[2], 8); // two places of 6, 2 apart
});
