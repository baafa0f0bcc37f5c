import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { sizeOf, wholeBox, type Zyx } from "@/core/mod.ts";
import { createContainer, openContainer } from "../container/mod.ts";
import { createHdf5, openHdf5, textValue, writeHdf5 } from "../hdf5/mod.ts";
import { testFolder } from "@test/folder.ts";
import { labelled, rawVox, writeCremi } from "./_testing.ts";
import { alignFile } from "./align_file.ts";
import { reverseFile } from "./reverse_file.ts";

type Folder = ReturnType<typeof testFolder>;

/** An aligned file, and a prediction of it that says 1 where a cleft is. */
async function predicted(): Promise<Folder> {
  const folder = testFolder();
  await writeCremi(folder.path("a.hdf"));
  await alignFile({
    path: folder.path("a.hdf"),
    output: folder.path("b.hdf"),
    record: folder.path("way.hdf"),
    shifts: {
      table: "t.txt",
      sha256: "00",
      steps: [[0, 0], [1, -2], [3, 0], [-6, 2], [0, 9], [2, -1], [-1, 1]],
    },
    rounding: "away",
    context: { sections: 1, pixels: 2 },
    cacheFolder: folder.path("cache"),
  });
  using aligned = await openHdf5(folder.path("b.hdf"));
  const { shapeVox, offsetNm } = aligned.dataset("volumes/raw");
  const clefts = aligned.dataset("volumes/labels/clefts");
  const labels = clefts.read(wholeBox(clefts.shapeVox)) as BigUint64Array;
  const data = new Float32Array(sizeOf(shapeVox)).fill(0.25);
  const section = shapeVox[1] * shapeVox[2];
  labels.forEach((id, i) => data[section + i] = isCleft(id) ? 1 : 0);
  await writeHdf5(folder.path("p.hdf"), {
    "volumes/prediction": {
      shapeVox,
      resolutionNm: [40, 4, 4],
      offsetNm: offsetNm!,
      attributes: { run: "r1" },
      data,
    },
  });
  return folder;
}

function isCleft(id: bigint): boolean {
  return id > 0n && id < 0xfffffffffffffffen;
}

Deno.test("reverseFile() brings a prediction back to the block, by the aligned file", async () => {
  using folder = await predicted();
  const { volumes } = await reverseFile({
    path: folder.path("p.hdf"),
    by: folder.path("b.hdf"),
    output: folder.path("q.hdf"),
  });
  deepStrictEqual(volumes, {
    "volumes/prediction": { shapeVox: labelled.shapeVox, missingVox: 0 },
  });
  using file = await openHdf5(folder.path("q.hdf"));
  const back = file.dataset("volumes/prediction");
  deepStrictEqual(back.attribute("run"), "r1");
  deepStrictEqual(
    back.offsetNm,
    labelled.startVox.map((start, axis) => start * [40, 4, 4][axis]!),
  );
  using source = await openHdf5(folder.path("a.hdf"));
  const clefts = source.dataset("volumes/labels/clefts");
  const truth = clefts.read(wholeBox(clefts.shapeVox)) as BigUint64Array;
  deepStrictEqual(
    [...back.read(wholeBox(back.shapeVox)) as Float32Array],
    Array.from(truth, (id) => isCleft(id) ? 1 : 0),
  );
});

Deno.test("reverseFile() brings predictions of any form back, into any form", async () => {
  using folder = await predicted();
  const by = folder.path("b.hdf");
  const reversed = async (from: string, to: string) => {
    const request = { path: folder.path(from), by, output: folder.path(to) };
    const { volumes, notes } = await reverseFile(request);
    deepStrictEqual([Object.keys(volumes), notes], [
      ["volumes/prediction"],
      [],
    ]);
    using file = await openContainer(folder.path(to));
    const back = file.dataset("volumes/prediction");
    const { kind, resolutionNm, offsetNm } = back;
    const attributes = back.attributeNames
      .filter((name) => !/^(resolution|offset|axes|units)$/.test(name))
      .map((name) => [name, back.attribute(name)]).filter(([, v]) => v);
    const numbers = back.read(wholeBox(back.shapeVox));
    return { kind, resolutionNm, offsetNm, attributes, numbers };
  };
  const first = await reversed("p.hdf", "q.hdf");
  using file = await openHdf5(folder.path("p.hdf"));
  const { shapeVox, offsetNm } = file.dataset(
    "volumes/prediction",
  );
  for (const form of ["p.zarr", "p.n5"]) {
    using to = await createContainer(folder.path(form));
    to.dataset("volumes/prediction", {
      ...{ shapeVox, offsetNm: offsetNm!, resolutionNm: [40, 4, 4] },
      attributes: { run: "r1" },
    })(file.dataset("volumes/prediction").read(wholeBox(shapeVox)));
    to.commit();
  }
  for (
    const [from, to] of [
      ["p.zarr", "q1.hdf"],
      ["p.n5", "q2.zarr"],
      ["p.zarr", "q3.n5"],
      ["p.hdf", "q4.zarr"],
    ] as const
  ) {
    deepStrictEqual(await reversed(from, to), first, `${from} to ${to}`);
  }
  await rejects(
    reverseFile({
      path: folder.path("p.zarr"),
      output: folder.path("q.hdf"),
    }),
    /Cannot tell how ".*p\.zarr" was aligned: only HDF5 says that/,
  );
  // What only HDF5 keeps is said to be left out.
  const { notes } = await reverseFile({
    path: by,
    output: folder.path("b.zarr"),
  });
  match(`${notes}`, /"annotations\/.*" is left out/);
});

Deno.test("reverseFile() brings a prediction back by what a small file says of the way", async () => {
  using folder = await predicted();
  const [by, way] = [folder.path("b.hdf"), folder.path("way.hdf")];
  using small = await openHdf5(way);
  deepStrictEqual(small.names, ["alignment/record"]);
  const path = folder.path("p.hdf");
  const back = await Promise.all([by, way].map(async (by, i) => {
    const output = folder.path(`q${i}.hdf`);
    await reverseFile({ path, by, output });
    return Deno.readFileSync(output);
  }));
  deepStrictEqual(back[1], back[0]);
});

Deno.test("reverseFile() refuses what is of no aligned file, or of another one", async () => {
  using folder = await predicted();
  const refused = async (
    request: { path: string; by?: string },
    message: RegExp,
  ) => {
    await rejects(
      reverseFile({ ...request, output: folder.path("q.hdf") }),
      (error: Error) => {
        match(error.message, message);
        return true;
      },
    );
  };
  const p = folder.path("p.hdf"), b = folder.path("b.hdf");
  await refused({ path: p }, /was aligned: it has no "alignment\/record"$/);
  await refused({ path: p, by: folder.path("a.hdf") }, /it has no/);
  const write = (shapeVox: Zyx, offsetNm: Zyx) =>
    writeHdf5(folder.path("x.hdf"), {
      "volumes/prediction": {
        ...{ shapeVox, offsetNm, resolutionNm: [40, 4, 4] },
        data: new Float32Array(sizeOf(shapeVox)),
      },
    });
  await write(rawVox, [0, 0, 0]);
  await refused(
    { path: folder.path("x.hdf"), by: b },
    /^Cannot reverse "volumes\/prediction": its 7 × 40 × 36 voxels from 0, 0, 0 nm are no part of the aligned volume/,
  );
  await write([1, 2, 2], [40, 41, 40]);
  await refused({ path: folder.path("x.hdf"), by: b }, /are no part of/);
  {
    using file = await createHdf5(folder.path("y.hdf"));
    file.table("alignment/record", {
      ...textValue('{"form":1}'),
      attributes: {},
    });
    file.commit();
  }
  await refused({ path: p, by: folder.path("y.hdf") }, /is damaged$/);
  deepStrictEqual(
    [...Deno.readDirSync(folder.path(""))].some(({ name }) => name === "q.hdf"),
    false,
  );
});
