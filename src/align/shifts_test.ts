import { deepStrictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  centreOf,
  placesOfSteps,
  readShiftTable,
  roundHalf,
} from "./shifts.ts";

const read = (text: string, columns: "xy" | "yx" = "yx") =>
  readShiftTable(text, { columns, where: "shifts.txt" });

Deno.test("readShiftTable() takes commas, semicolons and blanks, all line ends", () => {
  deepStrictEqual(
    read("# y x\r\n1,-2.5\n\n 3 ; 4\r5\t6e-1\n"),
    [[1, -2.5], [3, 4], [5, 0.6]],
  );
});

Deno.test("readShiftTable() turns columns that begin with x around", () => {
  deepStrictEqual(read("1,2\n3,4", "xy"), [[2, 1], [4, 3]]);
});

Deno.test("readShiftTable() names the line that is no pair of numbers", () => {
  for (const bad of ["1", "1,2,3", "1,", "a,b", "1,NaN", "1,Infinity", ","]) {
    throws(() => read(`0,0\n${bad}`), {
      message: `Cannot read the shifts of a section in "${bad}"`,
      where: "shifts.txt:2",
    });
  }
  throws(() => read("# nothing\n\n"), /Cannot align by a table without a line/);
});

Deno.test("placesOfSteps() adds up, counts from the centre and turns around", () => {
  deepStrictEqual(
    placesOfSteps([[0, 0], [1, 2], [3, -1], [0, 5]], 1),
    [[1, 2], [0, 0], [-3, 1], [-3, -4]],
  );
  throws(() => placesOfSteps([[0, 0]], 1), RangeError);
});

Deno.test("centreOf() is section 77 of CREMI's 153, counted from 1", () => {
  deepStrictEqual([153, 125, 4, 1].map(centreOf), [76, 62, 1, 0]);
});

Deno.test("roundHalf() rounds the middle away from 0 or to even", () => {
  const values = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.4, -0.6, 7];
  deepStrictEqual(
    values.map((v) => roundHalf(v, "away")),
    [-3, -2, -1, 1, 2, 3, 0, -1, 7],
  );
  deepStrictEqual(
    values.map((v) => roundHalf(v, "even")),
    [-2, -2, 0, 0, 2, 2, 0, -1, 7],
  );
});

Deno.test("roundHalf() is never further than half a voxel off, nor -0", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.constantFrom("away" as const, "even" as const),
      (value, rounding) => {
        const rounded = roundHalf(value, rounding);
        return Number.isInteger(rounded) && !Object.is(rounded, -0) &&
          Math.abs(rounded - value) <= 0.5;
      },
    ),
  );
});
