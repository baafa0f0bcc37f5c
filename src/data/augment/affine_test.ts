import { defaultOptions, openRng, type Zyx } from "@/core/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import { affine } from "./affine.ts";

const shapeVox: Zyx = [2, 96, 80];
const draws = 3000;

/** Draws many maps of all sections. */
function maps(given: Record<string, unknown>) {
  const off = { shiftLimit: 0, scaleLimit: 0, rotateLimit: 0 };
  const augmentation = affine.create(
    { ...defaultOptions(affine), ...off, ...given },
  );
  return Array.from({ length: draws }, (_, i) => {
    const { changes } = augmentation.draw(shapeVox, openRng(5).at("s", i));
    assertEquals(changes.length, 1);
    return changes[0]!;
  });
}

/** Fails unless numbers spread evenly between `-limit` and `limit`. */
function assertUniform(values: readonly number[], limit: number): void {
  const n = values.length;
  assertEquals(values.every((v) => Math.abs(v) <= limit + 1e-9), true, "range");
  const mean = values.reduce((a, b) => a + b) / n;
  const square = values.reduce((a, b) => a + b * b, 0) / n;
  assertAlmostEquals(mean, 0, 4 * limit / Math.sqrt(3 * n));
  // The variance of a square is 4/45.
  assertAlmostEquals(square / limit ** 2, 1 / 3, 4 * Math.sqrt(4 / 45 / n));
}

Deno.test("affine() shifts by each share of height and width alike", () => {
  const drawn = maps({ shiftLimit: 0.25 });
  assertUniform(drawn.map(({ y }) => y[2]), 24);
  assertUniform(drawn.map(({ x }) => x[2]), 20);
  for (const { y, x } of drawn) {
    assertEquals([...y.slice(0, 2), ...x.slice(0, 2)].join(), "1,0,0,1");
  }
});

Deno.test("affine() turns by each angle alike, and keeps lengths", () => {
  const drawn = maps({ rotateLimit: 30 });
  assertUniform(
    drawn.map(({ y }) => Math.atan2(y[1], y[0]) * 180 / Math.PI),
    30,
  );
  for (const { y, x } of drawn) {
    assertAlmostEquals(y[0], x[1], 1e-12);
    assertAlmostEquals(y[1], -x[0], 1e-12);
    assertAlmostEquals(y[0] ** 2 + y[1] ** 2, 1, 1e-12);
  }
});

Deno.test("affine() enlarges by each share alike", () => {
  const drawn = maps({ scaleLimit: 0.4 });
  assertUniform(drawn.map(({ y }) => 1 / y[0] - 1), 0.4);
  for (const { y, x } of drawn) assertEquals(y[0], x[1]);
});

Deno.test("affine() shears by each angle alike, and keeps areas", () => {
  const drawn = maps({ shearLimit: 20 });
  assertUniform(
    drawn.map(({ x }) => Math.atan(x[0]) * 180 / Math.PI),
    20,
  );
  for (const { y, x } of drawn) {
    assertAlmostEquals(y[0] * x[1] - y[1] * x[0], 1, 1e-12);
  }
});

Deno.test("affine() moves three points by up to alphaAffine", () => {
  // Of 96 x 80 voxels: the centre (48, 40), and 26 from it.
  const points = [[74, 66], [74, 14], [22, 14]];
  const moves = maps({ alphaAffine: 5 }).flatMap(({ y, x }) => {
    const area = y[0] * x[1] - y[1] * x[0];
    return points.flatMap(([py, px]) => { // what is read at the point
      const v = py! - 47.5 - y[2], u = px! - 39.5 - x[2];
      return [
        (x[1] * v - y[1] * u) / area + 47.5 - py!,
        (y[0] * u - x[0] * v) / area + 39.5 - px!,
      ];
    });
  });
  assertUniform(moves, 5);
});

Deno.test("affine() does what its options say, one after the other", () => {
  const given = { shiftLimit: 0.2, scaleLimit: 0.3, rotateLimit: 40 };
  for (const { y, x } of maps({ ...given, shearLimit: 20 }).slice(0, 100)) {
    const size = 1 / Math.sqrt(y[0] * x[1] - y[1] * x[0]);
    assertEquals(size > 0.7 && size < 1.3, true, `${size}`);
    // The voxel that is read in the middle was shifted there.
    const [dy, dx] = [y[2], x[2]];
    const v = (x[1] * dy - y[1] * dx) * size ** 2;
    const u = (y[0] * dx - x[0] * dy) * size ** 2;
    assertEquals(Math.abs(v) <= 0.2 * 96 && Math.abs(u) <= 0.2 * 80, true);
  }
});

Deno.test("affine() draws other maps for each section in 2d, and none by sectionP", () => {
  const augmentation = affine.create({
    ...defaultOptions(affine),
    mode: "2d",
    sectionP: 0.3,
  });
  let moved = 0;
  for (let i = 0; i < 200; i++) {
    const { changes } = augmentation.draw([10, 8, 8], openRng(6).at(i));
    assertEquals(changes.length, 10);
    const some = changes.filter((change) => change !== null);
    assertEquals(
      new Set(some.map((c) => JSON.stringify(c))).size,
      some.length,
    );
    moved += some.length;
  }
  assertAlmostEquals(moved, 600, 4 * Math.sqrt(2000 * 0.3 * 0.7));
});
