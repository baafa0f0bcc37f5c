import { deepStrictEqual, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { noise, plan } from "./_testing.ts";
import type { Forward } from "./forward.ts";
import { predict } from "./predict.ts";
import {
  columnBytes,
  columnsWithin,
  fillSpool,
  spooledSlabs,
} from "./predict_whole.ts";
import { Spool } from "./spool.ts";

/** A forward that sees the neighbours of a voxel, so that tiles differ. */
const blurred: Forward = (image) =>
  Promise.resolve(
    image.map((v, i) => (v + (image[i + 1] ?? 0) + (image[i + 8] ?? 0)) / 3),
  );

Deno.test("fillSpool() gives the bits of the whole in columns, killed anywhere", () =>
  inTemporaryFolder(async (folder) => {
    const volume = noise([9, 19, 21]);
    const whole = (await predict(volume, { forward: blurred, plan }))
      .probability;
    for (const columnYx of [[19, 21], [7, 21], [10, 5]] as const) {
      const path = join(folder, columnYx.join());
      const spoolPlan = { key: "a", shapeVox: volume.shapeVox, columnYx };
      const heard: (readonly [number, number])[] = [];
      let tiles = 0;
      for (let cut = 30;; cut += 90) {
        using spool = new Spool(path, spoolPlan);
        const forward: Forward = (image, shapeVox) => {
          if (tiles++ === cut) throw new Error("killed");
          return blurred(image, shapeVox);
        };
        try {
          await fillSpool(spool, { volume, forward, plan }, {
            onProgress: (done, total) => heard.push([done, total]),
          });
        } catch (error) {
          if ((error as Error).message !== "killed") throw error;
          continue;
        }
        const read = new Float32Array(whole.length);
        for await (const slab of spooledSlabs(spool, volume.shapeVox)) {
          read.set(slab.probability, slab.startZ * 19 * 21);
        }
        deepStrictEqual(read, whole);
        break;
      }
      const [last, total] = heard.at(-1)!;
      deepStrictEqual(last, total);
      ok(heard.some(([done], i) => i > 0 && done < heard[i - 1]![0] + 1));
    }
  }));

Deno.test("fillSpool() stops on a signal and keeps what is finished", () =>
  inTemporaryFolder(async (folder) => {
    const volume = noise([9, 8, 8]), controller = new AbortController();
    const { shapeVox } = volume;
    using spool = new Spool(join(folder, "p"), {
      ...{ key: "a", shapeVox, columnYx: [8, 8] },
    });
    const filled = fillSpool(spool, { volume, forward: blurred, plan }, {
      signal: controller.signal,
      onProgress: (done) => {
        if (done === 3) controller.abort(new Error("enough"));
      },
    });
    await rejects(filled, /enough/);
    ok(spool.done(0) >= 2 && spool.done(0) < 9);
  }));

Deno.test("columnsWithin() divides what does not fit, the longer side first", () => {
  const shapeVox = [100, 4000, 1000] as const;
  const whole = columnBytes(shapeVox, { plan, columnYx: [4000, 1000] });
  deepStrictEqual(whole, 26 * 4 * 4000 * 1000);
  deepStrictEqual(columnsWithin(whole, { shapeVox, plan }), [4000, 1000]);
  const half = columnsWithin(0.6 * whole, { shapeVox, plan });
  deepStrictEqual(half, [2000, 1000]);
  const small = columnsWithin(whole / 100, { shapeVox, plan });
  ok(columnBytes(shapeVox, { plan, columnYx: small }) <= whole / 100);
  deepStrictEqual(columnsWithin(1, { shapeVox, plan }), [8, 8]);
});
