import { deepStrictEqual } from "node:assert/strict";
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
} from "hyparquet";
import { exported, hostile } from "./_testing.ts";
import { parquet } from "./parquet.ts";

async function rowsIn(path: string) {
  const file = await asyncBufferFromFile(path);
  return await parquetReadObjects({ file });
}

Deno.test("parquet is read back with its types, numbers as they were", async () => {
  await exported(
    parquet.create({ rows: "runs", columns: ["train.batch"] }),
    async (path, ids) => {
      const rows = await rowsIn(path);
      deepStrictEqual(rows.map(({ run }) => run), ids);
      deepStrictEqual(rows.map(({ tag }) => tag), [hostile, null, null]);
      deepStrictEqual(rows.map((row) => row["train/loss"]), [
        NaN,
        Infinity,
        -0,
      ]);
      deepStrictEqual(rows.map((row) => row["train.batch"]), [2, 4, 6]);
      deepStrictEqual(rows.map(({ archived }) => archived), [
        false,
        false,
        false,
      ]);
    },
  );
  await exported(
    parquet.create({ rows: "points", columns: [] }),
    async (path, ids) => {
      const rows = await rowsIn(path);
      deepStrictEqual(rows.length, 9);
      deepStrictEqual(rows[2], {
        ...{
          run: ids[0],
          split: "validation",
          name: "ap",
          step: 2n,
          value: 0.25,
        },
      });
      const { schema } = await parquetMetadataAsync(
        await asyncBufferFromFile(path),
      );
      deepStrictEqual(schema.slice(1).map(({ type }) => type), [
        ...["BYTE_ARRAY", "BYTE_ARRAY", "BYTE_ARRAY", "INT64", "DOUBLE"],
      ]);
    },
  );
  await exported(
    parquet.create({ rows: "samples", columns: [] }),
    async (path) => {
      const [, second] = await rowsIn(path);
      deepStrictEqual([second!["number"], second!["drawn"]], [9n, null]);
    },
  );
});
