import { deepStrictEqual, rejects } from "node:assert/strict";
import { ExperimentFaults } from "@/core/mod.ts";
import { createHdf5, type Hdf5Values } from "../hdf5/mod.ts";
import { soundContent, withPath } from "./_testing.ts";
import { openCremi } from "./read_layout.ts";
import { writeCremi } from "./write_cremi.ts";

/** Tables that are no ids, texts or points, and what is said of them. */
const wrong: Readonly<Record<string, readonly [Hdf5Values, RegExp]>> = {
  "annotations/ids": [
    { shape: [1], dtype: "<d", values: Float64Array.of(1.5) },
    /annotations\/ids" of .*: they are no ids/,
  ],
  "annotations/types": [
    { shape: [1], dtype: "<B", values: Uint8Array.of(1) },
    /annotations\/types" of .*: they are no texts/,
  ],
  "annotations/locations": [
    { shape: [3], dtype: "<d", values: Float64Array.of(1, 2, 3) },
    /annotations\/locations" of .*: they are 3, not a row of three each/,
  ],
  "annotations/presynaptic_site/partners": [
    { shape: [2], dtype: "<q", values: BigInt64Array.of(1n, 2n) },
    /partners" of .*: it is 2$/,
  ],
  "annotations/comments/target_ids": [
    { shape: [1], dtype: "<q", values: BigInt64Array.of(-1n) },
    /target_ids" of .*: one id is -1/,
  ],
};

Deno.test("openCremi() tells of every table that is of another form", async () => {
  await withPath(async (path) => {
    using file = await createHdf5(path);
    for (const [name, [values]] of Object.entries(wrong)) {
      file.table(name, { ...values, attributes: {} });
    }
    file.commit();
    await rejects(openCremi(path), (error: ExperimentFaults) => {
      const said = error.faults.map(({ message }) => message);
      const expected = Object.values(wrong).map(([, pattern]) => pattern);
      deepStrictEqual(
        expected.filter((one) => !said.some((message) => one.test(message))),
        [],
        said.join("\n"),
      );
      return error instanceof ExperimentFaults;
    });
  });
});

Deno.test("openCremi() refuses points that are no numbers, and an offset that is none", async () => {
  const { annotations } = soundContent();
  const point = {
    ...annotations!.points[0]!,
    locationNm: [1, NaN, 2] as const,
  };
  await withPath(async (path) => {
    await writeCremi(path, {
      voxelNm: [40, 4, 4],
      annotations: { ...annotations!, points: [point] },
    });
    await rejects(openCremi(path), /locations" .*: point 0 has NaN/);
  });
  await withPath(async (path) => {
    using file = await createHdf5(path);
    const offset = { shape: [2], dtype: "<d", values: Float64Array.of(1, 2) };
    file.attributes("annotations", { offset });
    const empty = new Float64Array(0);
    file.table("annotations/locations", {
      ...{ shape: [0, 3], dtype: "<d", values: empty, attributes: {} },
    });
    file.commit();
    await rejects(
      openCremi(path),
      (error: ExperimentFaults) =>
        error.faults.some(({ message }) =>
          /"offset" .*: it is 1, 2, it should/.test(message)
        ),
    );
  });
});
