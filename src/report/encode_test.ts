import assert from "node:assert/strict";
import * as fc from "fast-check";
import { decodePoints } from "./client/decode.js";
import { encodePoints } from "./encode.ts";

Deno.test("encodePoints() survives the page's decodePoints()", () => {
  fc.assert(fc.property(
    fc.array(fc.tuple(fc.nat(2 ** 40), fc.float()), { maxLength: 50 }),
    (points) => {
      const steps = points.map(([step]) => step).sort((a, b) => a - b);
      const values = points.map(([, value]) => value);
      const decoded = decodePoints(encodePoints({ steps, values }));
      assert.deepEqual(decoded.steps, steps);
      decoded.values.forEach((value, i) => {
        const given = values[i]!;
        if (!Number.isFinite(given)) assert.equal(value, null); // a gap
        else {
          const error = Math.abs(value! - given);
          assert(error <= Math.max(2 ** -16 * Math.abs(given), 2 ** -141));
        }
      });
    },
  ));
});

Deno.test("encodePoints() refuses steps that fall", () => {
  assert.throws(
    () => encodePoints({ steps: [2, 1], values: [0, 0] }),
    { name: "RangeError", message: /must be whole and rise, found 1/ },
  );
});

Deno.test("encodePoints() takes a step of 0, and none that is not whole", () => {
  const points = encodePoints({ steps: [0, 0, 128], values: [1, 2, 3] });
  assert.deepEqual(decodePoints(points).steps, [0, 0, 128]);
  assert.throws(() => encodePoints({ steps: [0.5], values: [1] }), RangeError);
});

Deno.test("encodePoints() keeps whole numbers up to 65,536, and signs", () => {
  const values = [0, 1, -3, 12_345, 65_536, -0.5];
  const points = encodePoints({ steps: values.map((_, i) => i), values });
  assert.deepEqual(decodePoints(points).values, values);
});
