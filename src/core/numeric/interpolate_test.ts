import {
  type BorderMode,
  mapCoordinates,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";

const squares = [0, 1, 4, 9, 16];
const places = [-0.6, -0.5, -0.4, 0, 0.5, 1.5, 2.25, 3.5, 4, 4.4, 4.6];

/** Reads a line at places along x. */
function onLine(
  values: number[],
  x: number[],
  order: 0 | 1 | 3,
  mode: BorderMode,
) {
  const zero = x.map(() => 0);
  const shapeVox: Zyx = [1, 1, values.length];
  return mapCoordinates(values, shapeVox, { z: zero, y: zero, x }, {
    order,
    mode,
  });
}

function assertNear(ours: ArrayLike<number>, scipy: readonly number[]) {
  scipy.forEach((value, i) => assertAlmostEquals(ours[i]!, value, 1e-8));
}

Deno.test("mapCoordinates() rounds halves up at order 0", () => {
  const halves = [0.5, 1.5, 2.5, 3.5, 4.5];
  assertSameNumbers(onLine([0, 1, 2, 3, 4, 5], halves, 0, "constant"), [
    1,
    2,
    3,
    4,
    5,
  ]);
});

// The numbers are those of scipy.ndimage.map_coordinates 1.17.
Deno.test("mapCoordinates() equals scipy at order 1", () => {
  assertNear(
    onLine(squares, places, 1, "constant"),
    [0, 0, 0, 0, 0.5, 2.5, 5.25, 12.5, 16, 0, 0],
  );
});

Deno.test("mapCoordinates() equals scipy at order 3, constant", () => {
  assertNear(onLine(squares, places, 3, "constant"), [
    ...[0, 0, 0, 0, 0.232142857, 2.339285714, 4.881696429],
    ...[13.517857143, 16, 0, 0],
  ]);
});

Deno.test("mapCoordinates() equals scipy at order 3, reflect", () => {
  const ours = onLine(squares, places, 3, "reflect");
  // scipy's sum for the first coefficient reads back what it has already
  // changed, so it gives -4.5e-7 where the value is 0: hence the tolerance.
  [
    ...[-0.082679964, -0.086124943, -0.082679964, -4.5e-7, 0.29724859],
    ...[2.272129229, 4.991851066, 12.770933018, 16],
    ...[17.129952152, 17.129952152],
  ].forEach((value, i) => assertAlmostEquals(ours[i]!, value, 1e-6));
  assertAlmostEquals(ours[3]!, 0, 1e-14);
});

Deno.test("mapCoordinates() equals scipy at order 3, nearest", () => {
  assertNear(onLine(squares, places, 3, "nearest").subarray(4), [
    ...[0.28267665, 2.286542732, 4.96850837, 12.928847577],
    ...[16, 16.630150202, 16.499687753],
  ]);
});

Deno.test("mapCoordinates() equals scipy in two dimensions", () => {
  const array = Float32Array.from({ length: 16 }, (_, i) => i);
  array[6] = 20; // row 1, column 2
  const at = (y: number[], x: number[], order: 1 | 3, mode: BorderMode) =>
    mapCoordinates(array, [1, 4, 4], { z: y.map(() => 0), y, x }, {
      order,
      mode,
    });
  assertNear(
    at([0.5, 1.25, 2.75], [0.5, 2.1, 1.3], 3, "constant"),
    [1.085, 19.36872875, 12.735045],
  );
  assertNear(
    at([0.5, 1.25, -0.75], [0.5, 2.1, 3.9], 1, "reflect"),
    [2.5, 16.55, 3],
  );
});

Deno.test("mapCoordinates() gives the outside value where a place is not a number", () => {
  const ours = mapCoordinates(
    squares,
    [1, 1, 5],
    { z: [0], y: [0], x: [NaN] },
    {
      order: 1,
      mode: "reflect",
      outside: 7,
    },
  );
  assertSameNumbers(ours, [7]);
});

/** A case of test/fixtures/numeric/interpolate.jsonl. */
interface PlacesCase {
  readonly shapeVox: Zyx;
  readonly mode: BorderMode;
  readonly order: 0 | 1 | 3;
  readonly outside: number;
  readonly places: readonly [number[], number[], number[]];
  readonly values: readonly number[];
}

const cases = readFixture<PlacesCase>("numeric/interpolate.jsonl");
for (const order of [0, 1, 3]) {
  for (const mode of ["constant", "nearest", "reflect", "mirror"]) {
    Deno.test(`mapCoordinates() equals scipy on lines, sections and volumes: ${mode} ${order}`, () => {
      const ofKind = cases.filter((c) => c.order === order && c.mode === mode);
      assertEquals(ofKind.length, 15);
      for (
        const { shapeVox, places: [z, y, x], values, ...options } of ofKind
      ) {
        const array = hashedBytes(sizeOf(shapeVox)).map((byte) => byte / 255);
        const ours = mapCoordinates(array, shapeVox, { z, y, x }, options);
        const tolerance = order === 3 ? 1e-6 : 1e-8; // see above
        values.forEach((value, i) =>
          assertAlmostEquals(ours[i]!, value, tolerance)
        );
      }
    });
  }
}

Deno.test("mapCoordinates() goes through every voxel of short lines, which scipy misses", () => {
  for (const line of [[3, -1], [3, -1, 4], [3, -1, 4, 1]]) {
    const ours = onLine(line, line.map((_, i) => i), 3, "reflect");
    line.forEach((value, i) => assertAlmostEquals(ours[i]!, value, 1e-12));
  }
});
