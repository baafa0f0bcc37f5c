import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { Spool, type SpoolPlan } from "./spool.ts";

const plan: SpoolPlan = { key: "a", shapeVox: [3, 2, 3], columnYx: [2, 2] };

/** Numbers of a column of some voxels, from one on. */
function from(first: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => first + i);
}

Deno.test("Spool goes on with what was appended, and joins columns", () =>
  inTemporaryFolder((parent) => {
    const folder = join(parent, "p.part");
    {
      using spool = new Spool(folder, plan);
      deepStrictEqual(spool.isGoingOn, false);
      deepStrictEqual(spool.columns, [
        { startYx: [0, 0], shapeYx: [2, 2] },
        { startYx: [0, 2], shapeYx: [2, 1] },
      ]);
      spool.append(0, from(0, 8));
      throws(
        () => new Spool(folder, { ...plan, key: "b" }),
        /another process does so/,
      );
    }
    // As it is left by a process that was killed while it wrote a line.
    const log = join(folder, "log.jsonl");
    Deno.writeTextFileSync(log, `{"column":0,"sec`, { append: true });
    using spool = new Spool(folder, { ...plan, columnYx: [1, 1] });
    deepStrictEqual(spool.isGoingOn, true);
    deepStrictEqual(spool.columns.length, 2); // as they were begun
    deepStrictEqual([spool.done(0), spool.done(1)], [2, 0]);
    spool.append(0, from(8, 4));
    spool.append(1, from(100, 6));
    deepStrictEqual(
      [...spool.read(1, 2)],
      [4, 5, 102, 6, 7, 103, 8, 9, 104, 10, 11, 105],
    );
    spool.remove();
    deepStrictEqual([...Deno.readDirSync(parent)], []);
  }));

Deno.test("Spool keeps the channels of a voxel apart", () =>
  inTemporaryFolder((parent) => {
    using spool = new Spool(join(parent, "p.part"), { ...plan, channels: 2 });
    for (let z = 0; z < 3; z++) {
      spool.append(0, from(8 * z, 8));
      spool.append(1, from(100 + 4 * z, 4));
    }
    deepStrictEqual(
      [...spool.read(2, 1)],
      [16, 17, 108, 18, 19, 109, 20, 21, 110, 22, 23, 111],
    );
  }));

Deno.test("Spool begins anew where another prediction was, or its head was cut", () =>
  inTemporaryFolder((parent) => {
    const folder = join(parent, "p.part");
    const begin = (other: Partial<SpoolPlan> = {}) => {
      using spool = new Spool(folder, { ...plan, ...other });
      const done = spool.done(0);
      spool.append(0, from(0, 4));
      return [spool.isGoingOn, done];
    };
    deepStrictEqual(begin(), [false, 0]);
    deepStrictEqual(begin(), [true, 1]);
    deepStrictEqual(begin({ key: "b" }), [false, 0]);
    deepStrictEqual(begin({ key: "b", shapeVox: [4, 2, 3] }), [false, 0]);
    Deno.writeTextFileSync(join(folder, "head.json"), "{");
    deepStrictEqual(begin(), [false, 0]);
  }));
