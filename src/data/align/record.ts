import * as z from "zod";
import type { AlignedFrame } from "@/align/mod.ts";
import {
  type Box,
  ExperimentError,
  type Origin,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { cleftsName } from "../cremi/layout.ts";
import { type Hdf5File, type Hdf5Writer, textValue } from "../hdf5/mod.ts";
import type { Crack } from "./crack.ts";

/** The dataset of an aligned file that says how it was aligned. */
const name = "alignment/record";

/** How a dataset lay in the file that was aligned. */
export interface AlignedDataset {
  /** Its extent there. */
  readonly shapeVox: Zyx;
  /** Its first voxel there, counted in the grey values. */
  readonly startVox: Zyx;
  /** Its attribute `offset`, if it had one. */
  readonly offsetNm: Zyx | null;
}

/** The table of shifts that a file was aligned by, or how they were estimated. */
export type ShiftsRecord =
  | {
    /** The table's path. */
    readonly table: string;
    /** Its hash. */
    readonly sha256: string;
  }
  | {
    /** How many sections on each was compared with. */
    readonly reach: number;
    /** What lasted longer was taken away; null if nothing was. */
    readonly driftSections: number | null;
  };

/** All that the way back from an aligned file needs. */
export interface AlignmentRecord {
  /** The form of the record. */
  readonly form: 1;
  /** The version of Cleft that wrote it. */
  readonly cleft: string;
  /** Hash of the file that was aligned. */
  readonly source: { readonly name: string; readonly sha256: string };
  /** The table of shifts, or how they were estimated. */
  readonly shifts: ShiftsRecord;
  /** Where the sections are read in the grey values of that file. */
  readonly frame: AlignedFrame;
  /** The part that each section holds whole. */
  readonly block: Box;
  /** Extent of a voxel, and place of the grey values' first one, in nanometres. */
  readonly voxelNm: Zyx;
  readonly offsetNm: Zyx;
  /** The volumes that were aligned. */
  readonly datasets: Readonly<Record<string, AlignedDataset>>;
  /** The torn sections that were put together. */
  readonly cracks: readonly Crack[];
}

const whole = z.int();
const pair = z.tuple([whole, whole]).readonly();
const triple = z.tuple([whole, whole, whole]).readonly();
const place = z.tuple([z.number(), z.number(), z.number()]).readonly();

const map = z.object({ y: place, x: place });

/** What stands in the record; the parts of torn sections stand beside it. */
const schema = z.object({
  form: z.literal(1),
  cleft: z.string(),
  source: z.object({ name: z.string(), sha256: z.string() }),
  shifts: z.union([
    z.object({ table: z.string(), sha256: z.string() }),
    z.object({ reach: whole, driftSections: z.number().nullable() }),
  ]),
  frame: z.object({
    sourceVox: triple,
    shapeVox: triple,
    firstSection: whole,
    corners: z.array(pair).min(1).readonly(),
    origin: pair,
  }),
  block: z.object({ startVox: triple, shapeVox: triple }),
  voxelNm: place,
  offsetNm: place,
  datasets: z.record(
    z.string(),
    z.object({
      shapeVox: triple,
      startVox: triple,
      offsetNm: place.nullable(),
    }),
  ),
  cracks: z.array(z.object({
    section: whole,
    maps: z.tuple([map, map]).readonly(),
    correlations: z.array(z.number().nullable()),
  })).default([]),
}).refine(
  ({ frame }) => frame.corners.length === frame.shapeVox[0],
  "it has other sections than corners",
);

/** The dataset with the parts of a torn section. */
function partsOf(section: number): string {
  return `alignment/parts/${section}`;
}

/** Whether a file was written by alignment. */
export function isAligned(file: Hdf5File): boolean {
  return file.has(name);
}

/** Writes into an aligned file what its reversal needs. */
export function writeRecord(file: Hdf5Writer, record: AlignmentRecord): void {
  const cracks = record.cracks.map(({ section, maps, correlations }) => ({
    section,
    maps,
    correlations,
  }));
  const text = JSON.stringify({ ...record, cracks });
  file.table(name, { ...textValue(text), attributes: {} });
  for (const { section, shapeVox, parts } of record.cracks) {
    file.dataset(partsOf(section), { shapeVox: [1, ...shapeVox] })(parts);
  }
}

/**
 * Reads from an aligned file what its reversal needs.
 *
 * @throws {ExperimentError} If it has no such record, or a damaged one.
 */
export function readRecord(file: Hdf5File, where: string): AlignmentRecord {
  const record = readText(file, where);
  const [, height, width] = record.frame.shapeVox;
  const cracks = record.cracks.map((crack): Crack => {
    const dataset = file.dataset(partsOf(crack.section), {
      hasResolution: true,
    });
    if (dataset.shapeVox.join() !== `1,${height},${width}`) {
      throw unknownWay(file, {
        where,
        why: `its "${dataset.name}" is of another section`,
      });
    }
    const parts = Uint8Array.from(
      dataset.read(wholeBox(dataset.shapeVox)),
      Number,
    );
    return { ...crack, shapeVox: [height, width], parts };
  });
  return { ...record, cracks };
}

/** The record but for the parts of torn sections. */
function readText(file: Hdf5File, where: string) {
  if (!isAligned(file)) {
    throw unknownWay(file, { where, why: `it has no "${name}"` });
  }
  const text = file.table(name)?.values[0];
  try {
    return schema.parse(JSON.parse(`${text}`));
  } catch (cause) {
    throw unknownWay(file, { where, why: `its "${name}" is damaged`, cause });
  }
}

/** That no file says how it was aligned. */
export function unknownWay(
  file: Pick<Hdf5File, "path">,
  { where, why, cause }: {
    readonly where: string;
    readonly why: string;
    readonly cause?: unknown;
  },
): ExperimentError {
  return new ExperimentError(
    `Cannot tell how "${file.path}" was aligned: ${why}`,
    {
      where,
      fix:
        "Name a file that deno task align forward wrote, by --by if this is a " +
        "prediction of it",
      cause,
    },
  );
}

/**
 * Which voxels an aligned file is made of: those of the file that was aligned, so
 * that regions of both can be compared; undefined if it was not aligned.
 *
 * @throws {ExperimentError} If its record is damaged.
 */
export function alignedOrigin(
  file: Hdf5File,
  { raw, where }: { readonly raw: string; readonly where: string },
): Origin | undefined {
  if (!isAligned(file)) return undefined;
  const { source, frame, block, datasets } = readText(file, where);
  if (!datasets[raw]) return undefined;
  const labels = datasets[cleftsName] ?? block;
  return {
    data: `${source.sha256} ${raw}`,
    startVox: [frame.firstSection, ...frame.origin],
    cornersVox: frame.corners,
    hasOffset: true,
    block: { startVox: labels.startVox, shapeVox: labels.shapeVox },
  };
}

/** Whether a dataset or a group belongs to the record. */
export function isOfRecord(path: string): boolean {
  return path === "alignment" || path.startsWith("alignment/");
}
