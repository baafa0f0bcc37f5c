import { basename, dirname, join } from "node:path";
import {
  canonicalJson,
  channelsOf,
  checkMemory,
  inGiB,
  removeFolderIfThere,
  sha256Hex,
  type Volume,
} from "@/core/mod.ts";
import {
  columnBytes,
  columnsWithin,
  fillSpool,
  type Forward,
  type PredictPlan,
  type Slab,
  Spool,
  spooledSlabs,
} from "@/infer/mod.ts";
import type { RunContext } from "./context.ts";
import { tileProgress } from "./tile_progress.ts";

/** Bytes that tiles are joined in, where nobody says how many. */
const usualBytes = 1_073_741_824;

/** Bytes of a section's voxel while sections are written: gathered and packed. */
const bytesWriting = 192;

/** The runtime, the library, a table or two. */
const idleBytes = 639_631_360;

/** A prediction that may be gone on with. */
export interface WholeVolume {
  readonly volume: Volume;
  readonly forward: Forward;
  readonly plan: PredictPlan;
  /** What is written in the end. */
  readonly outputPath: string;
  /** All that its numbers follow from, as plain values. */
  readonly madeFrom: unknown;
  /** Bytes that tiles may be joined in. */
  readonly joinBytes?: number | undefined;
  /** Bytes that the network takes for a batch of tiles. */
  readonly networkBytes: number;
  /** Writes it, given its sections in order. */
  write(slabs: AsyncIterable<Slab>): Promise<void>;
}

/**
 * Predicts a volume of any size in a memory that is told beforehand: what is
 * finished goes to a folder beside the output, from which a prediction that was
 * cut goes on. When all is
 * written, the folder is removed.
 *
 * @throws {ExperimentError} If the memory does not do, or another process
 * predicts to the same output.
 */
export async function predictWhole(
  whole: WholeVolume,
  { print, signal }: Pick<RunContext, "print" | "signal">,
): Promise<void> {
  const { volume, plan, outputPath, madeFrom } = whole;
  const { shapeVox } = volume, folder = `${outputPath}.part`;
  const columnYx = columnsWithin(whole.joinBytes ?? usualBytes, {
    shapeVox,
    plan,
  });
  checkMemory(2 / 3 * bytesOf(whole, columnYx), { // an estimate, as others
    doing: "predict",
    where: "--memory",
    fix: "Lower --memory, --batch or infer.patchVox, or take another machine",
  });
  using spool = new Spool(folder, {
    key: sha256Hex(canonicalJson({ madeFrom, plan })),
    channels: channelsOf(plan.quantity),
    shapeVox,
    columnYx,
  });
  removeLeftovers(outputPath);
  print(memoryText(whole, spool.columns[0]!.shapeYx));
  const progress = tileProgress(print);
  if (spool.isGoingOn) print(`Going on with "${folder}"`);
  try {
    await fillSpool(spool, whole, {
      signal,
      onProgress: progress,
    });
    await whole.write(spooledSlabs(spool, shapeVox));
  } catch (error) {
    const isBegun = spool.columns.some((_, i) => spool.done(i) > 0);
    if (isBegun) {
      print(
        `What is predicted stays in "${folder}": the same command goes on`,
      );
    } else spool.remove();
    throw error;
  }
  spool.remove();
}

/** What of an output a killed process left; only one at a time writes it. */
function removeLeftovers(outputPath: string): void {
  const folder = dirname(outputPath), name = basename(outputPath);
  for (const entry of Deno.readDirSync(folder)) {
    if (!entry.name.startsWith(`${name}.`)) continue;
    if (/^\.\d+\.(tmp|old)$/.test(entry.name.slice(name.length))) {
      removeFolderIfThere(join(folder, entry.name));
    }
  }
}

/** What a prediction takes in all. */
export function bytesOf(
  { volume: { shapeVox }, plan, networkBytes }: Pick<
    WholeVolume,
    "volume" | "plan" | "networkBytes"
  >,
  columnYx: readonly [number, number],
): number {
  const joining = columnBytes(shapeVox, { plan, columnYx });
  const writing = bytesWriting * shapeVox[1] * shapeVox[2];
  return idleBytes + networkBytes + joining + writing; // freed late
}

/** The same in words. */
function memoryText(
  whole: WholeVolume,
  columnYx: readonly [number, number],
): string {
  const { volume: { shapeVox }, plan } = whole, [, height, width] = shapeVox;
  const joining = columnBytes(shapeVox, { plan, columnYx });
  const isWhole = columnYx[0] === height && columnYx[1] === width;
  const what = isWhole
    ? "whole sections"
    : `columns of ${columnYx.join(" × ")}`;
  return `Memory: about ${inGiB(bytesOf(whole, columnYx))}, ${
    inGiB(joining)
  } of it for joining ` +
    `the tiles of ${what}`;
}
