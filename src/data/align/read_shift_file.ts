import { readShiftTable, type Yx } from "@/align/mod.ts";
import {
  checkIsFile,
  ExperimentError,
  explainSystemError,
  sha256Hex,
} from "@/core/mod.ts";

/** A table of shifts, and what it is known by. */
export interface ShiftFile {
  /** Its path. */
  readonly table: string;
  /** Hash of the file. */
  readonly sha256: string;
  /** A line for each section, `[y, x]`. */
  readonly steps: readonly Yx[];
}

/** Larger files are no tables. */
const mostBytes = 1 << 26;

/**
 * Reads a table of shifts from a text file; see `readShiftTable`.
 *
 * @throws {ExperimentError} If it cannot be read, or is no such table.
 */
export async function readShiftFile(
  path: string,
  { columns, where }: {
    readonly columns: "xy" | "yx";
    readonly where: string;
  },
): Promise<ShiftFile> {
  const explained = (error: unknown): never => {
    throw explainSystemError(error, { doing: `read "${path}"`, where });
  };
  const { size } = await Deno.stat(path).catch(explained);
  checkIsFile(path, where);
  if (size > mostBytes) {
    throw new ExperimentError(
      `Cannot read shifts from "${path}": it is large`,
      {
        where,
        fix: "Name a text file with two numbers of voxels a line",
      },
    );
  }
  const bytes = await Deno.readFile(path).catch(explained);
  const text = new TextDecoder().decode(bytes);
  const steps = readShiftTable(text, { columns, where });
  return { table: path, sha256: sha256Hex(bytes), steps };
}
