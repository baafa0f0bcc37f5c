import { deepStrictEqual, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import {
  availableBytes,
  cropArray,
  openRng,
  sizeOf,
  type Volume,
} from "@/core/mod.ts";
import { columnBytes, columnsWithin, type Forward } from "@/infer/mod.ts";
import { writePrediction } from "@/data/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { bytesOf, predictWhole } from "./whole_volume.ts";

const shapeVox = [12, 20, 22] as const;
const rng = openRng(3);
const image = Float32Array.from(
  { length: sizeOf(shapeVox) },
  () => rng.uniform(0, 1),
);

const volume: Volume = {
  ...{ name: "noise", hasLabels: false, inputs: [], shapeVox },
  ...{ voxelNm: [40, 4, 4], offsetNm: [0, 0, 0] },
  read: (box) => {
    const grey = cropArray(image, shapeVox, box);
    const none = new Uint8Array(grey.length);
    return { image: grey, target: none, mask: none, shapeVox: box.shapeVox };
  },
  [Symbol.dispose]() {},
};

const plan = {
  patchVox: [4, 8, 8],
  overlap: 0.5,
  blend: { type: "ramp", mode: "max" },
  tta: { type: "none" },
} as const;

/** Predicts to a file; the network fails when it has seen as many tiles. */
async function predict(
  outputPath: string,
  { failAt = Infinity, joinBytes, madeFrom = "a" }: {
    readonly failAt?: number;
    readonly joinBytes?: number;
    readonly madeFrom?: string;
  } = {},
): Promise<{ said: string[]; tiles: number }> {
  const said: string[] = [];
  let tiles = 0;
  const forward: Forward = (grey) => {
    if (tiles++ === failAt) return Promise.reject(new Error("killed"));
    return Promise.resolve(grey.map((v, i) => (v + (grey[i + 1] ?? 0)) / 2));
  };
  await predictWhole({
    ...{ volume, forward, plan, outputPath, madeFrom, joinBytes },
    networkBytes: 0,
    write: (slabs) => writePrediction(outputPath, { head: volume, slabs }),
  }, {
    print: (line) => said.push(line),
    signal: new AbortController().signal,
  }).catch((error) => {
    if (error.message !== "killed") throw error;
  });
  return { said, tiles };
}

/** The files of a prediction, which has one block. */
function bytesIn(path: string) {
  return ["attributes.json", "0/0/0"].map((file) =>
    Deno.readFileSync(join(path, "volumes/prediction", file))
  );
}

Deno.test("predictWhole() goes on where it was cut and writes the same file", () =>
  inTemporaryFolder(async (folder) => {
    const whole = join(folder, "whole.n5"), cut = join(folder, "cut.n5");
    const { tiles: all } = await predict(whole);
    const first = await predict(cut, { failAt: 60 });
    match(first.said.at(-1)!, /What is predicted stays in ".*cut\.n5\.part"/);
    // What a process that was killed as it wrote leaves.
    Deno.writeTextFileSync(`${cut}.4711.tmp`, "half");
    const second = await predict(cut);
    ok(second.said.some((line) => /^Going on with/.test(line)));
    ok(second.tiles < all, `${second.tiles} of ${all} tiles again`);
    deepStrictEqual(bytesIn(cut), bytesIn(whole));
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    deepStrictEqual(names.sort(), ["cut.n5", "whole.n5"]);
  }));

Deno.test("predictWhole() writes the same file in columns, and begins anew for another", () =>
  inTemporaryFolder(async (folder) => {
    const whole = join(folder, "whole.n5"), other = join(folder, "b.n5");
    await predict(whole);
    const { said } = await predict(other, { joinBytes: 30_000 });
    match(said[0]!, /^Memory: about .* for joining the tiles of columns of /);
    deepStrictEqual(bytesIn(other), bytesIn(whole));
    await predict(other, { failAt: 60 });
    const anew = await predict(other, { madeFrom: "b" });
    ok(!anew.said.some((line) => /^Going on with/.test(line)));
  }));

Deno.test("predictWhole() leaves nothing where nothing was finished, and says what lacks memory", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "p.hdf");
    await predict(path, { failAt: 0 });
    deepStrictEqual([...Deno.readDirSync(folder)], []);
    await rejects(
      predictWhole({
        ...{ volume, plan, outputPath: path, madeFrom: "a" },
        forward: () => Promise.reject(new Error("never")),
        networkBytes: 2 ** 60,
        write: () => Promise.resolve(),
      }, { print() {}, signal: new AbortController().signal }),
      /^Cannot predict: it takes \S+ GiB of memory/,
    );
    deepStrictEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("bytesOf() counts the runtime, the network, what joins tiles and what is written", () => {
  const large = { ...volume, shapeVox: [5, 1000, 2000] as const };
  const columnYx = [1000, 2000] as const;
  const whole = { volume: large, plan, networkBytes: 7 };
  const joining = columnBytes(large.shapeVox, { plan, columnYx });
  deepStrictEqual(
    bytesOf(whole, columnYx),
    610 * 1024 ** 2 + 7 + joining + 192 * 1000 * 2000,
  );
});

Deno.test("predictWhole() joins tiles in a gibibyte, and takes estimates for what they are", () =>
  inTemporaryFolder(async (folder) => {
    const large = { ...volume, shapeVox: [4, 40_000, 40_000] as const };
    const said: string[] = [];
    const begin = (share: number) =>
      predictWhole({
        ...{ volume: large, plan, madeFrom: "a" },
        outputPath: join(folder, "p.hdf"),
        forward: () => Promise.reject(new Error("never")),
        networkBytes: share * availableBytes() - bytesOf(
          { volume: large, plan, networkBytes: 0 },
          columnYx,
        ),
        write: () => Promise.resolve(),
      }, {
        print: (line) => said.push(line),
        signal: new AbortController().signal,
      });
    const columnYx = columnsWithin(1024 ** 3, {
      ...{ shapeVox: large.shapeVox, plan },
    });
    await rejects(begin(1.4), RangeError); // there is nothing to be read
    match(said[0]!, new RegExp(`tiles of columns of ${columnYx.join(" × ")}$`));
    await rejects(begin(1.6), /^Cannot predict: it takes/);
  }));
