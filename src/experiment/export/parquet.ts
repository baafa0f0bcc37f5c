import { PendingFile } from "@/core/mod.ts";
import { defineExportFormat } from "./_format.ts";
import { groupsOf } from "./_groups.ts";
import type { RowCell, RowKind, Rows } from "./_row.ts";
import { rowsOf, rowsOptions } from "./_rows.ts";

const forms = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  number: { type: "DOUBLE" },
  integer: { type: "INT64" },
  boolean: { type: "BOOLEAN" },
} as const satisfies Record<RowKind, object>;

/** Rows of a group, which readers take at once. */
const rowsAGroup = 100_000;

/** A table as Parquet: columns with types, compressed, NaN and the infinities as they are. */
export const parquet = defineExportFormat({
  name: "parquet",
  summary: "A table of runs, numbers or samples as Parquet",
  options: rowsOptions,
  create: (options) => ({
    takes: "any",
    endings: [".parquet"],
    async write(request) {
      await writeParquet(request.path, rowsOf(request, options));
      return [request.path];
    },
  }),
});

async function writeParquet(
  path: string,
  { columns, blocks }: Rows,
): Promise<void> {
  const { fileWriter, ParquetWriter } = await import("hyparquet-writer");
  using pending = new PendingFile(path);
  const writer = new ParquetWriter({
    writer: fileWriter(pending.part),
    schema: [
      { name: "rows", num_children: columns.length },
      ...columns.map(({ key, kind }) => ({
        name: key,
        repetition_type: "OPTIONAL" as const,
        ...forms[kind],
      })),
    ],
  });
  for (const group of groupsOf(blocks(), rowsAGroup)) {
    await writer.write({
      columnData: columns.map(({ key, kind }, i) => ({
        name: key,
        data: kind === "integer" ? group[i]!.map(inBigInt) : [...group[i]!],
      })),
      rowGroupSize: rowsAGroup,
    });
  }
  await writer.finish();
  pending.commit();
}

function inBigInt(cell: RowCell): bigint | null {
  return cell === null ? null : BigInt(cell as number);
}
