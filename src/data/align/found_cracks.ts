import * as z from "zod";
import {
  foundOnce,
  type InputFile,
  type SearchPlace,
  sizeOf,
} from "@/core/mod.ts";
import type { DatasetGrid } from "../source/_resolution.ts";
import { type CrackMasks, openCrackMasks } from "./_crack_masks.ts";
import { type CrackPlace, type Cracks, findCracks } from "./cracks.ts";

/** How the parts of torn sections are known: found, or by a file of masks. */
export type CrackSource =
  | { readonly by: "detect" }
  | { readonly by: "masks"; readonly path: string; readonly where: string };

/** Where cracks are looked for, and where what was found is kept. */
export interface CrackSearch extends CrackPlace, SearchPlace {
  /** The grid of the grey values before they were aligned. */
  readonly grid: DatasetGrid;
  /** Equal for equal grey values. */
  readonly data: unknown;
}

/** What was found, and the file of masks if there is one. */
export interface FoundCracks extends Cracks {
  readonly inputs: readonly InputFile[];
}

/** Cracks as the cache keeps them: parts by their runs of equal numbers. */
interface KeptCracks {
  readonly cracks: readonly {
    readonly section: number;
    readonly runs: readonly number[];
    readonly maps: Cracks["cracks"][number]["maps"];
    readonly correlations: readonly (number | null)[];
  }[];
  readonly torn: readonly number[];
  readonly notes: readonly string[];
}

const row = z.tuple([z.number(), z.number(), z.number()]).readonly();
const map = z.strictObject({ y: row, x: row });
const kept: z.ZodType<KeptCracks> = z.strictObject({
  cracks: z.array(z.strictObject({
    section: z.int().min(0),
    runs: z.array(z.int().min(0)),
    maps: z.tuple([map, map]).readonly(),
    correlations: z.array(z.number().nullable()),
  })),
  torn: z.array(z.int().min(0)),
  notes: z.array(z.string()),
});

/** About so many voxels are looked at in a second. */
const quicklySeen = 1 << 22;

/**
 * The torn sections of an aligned volume, found once for equal data.
 *
 * @throws {ExperimentError} As `findCracks` does.
 * @throws {NotFoundYet} If they are wanted at once, not known yet and take long.
 */
export async function foundCracks(
  source: CrackSource,
  search: CrackSearch,
): Promise<FoundCracks> {
  const { frame, data, bad = new Set(), where } = search;
  using masks = source.by === "masks"
    ? await openCrackMasks(source.path, { ...search, where: source.where })
    : null;
  const [, height, width] = frame.shapeVox;
  const asked = "where" in source ? { ...search, where: source.where } : search;
  const found = foundOnce(search, {
    kind: "cracks",
    key: {
      ...{ form: 2, data, frame, masks: masks?.input.sha256 ?? null },
      ...bad.size > 0 && { bad: [...bad] },
    },
    schema: kept.refine(({ cracks }) =>
      cracks.every(({ runs }) => lengthOf(runs) === height * width)
    ),
    find: () => {
      const { cracks, torn, notes } = findCracks(masks, asked);
      return {
        cracks: cracks.map(({ section, parts, maps, correlations }) => ({
          ...{ section, maps, correlations },
          runs: runsOf(parts),
        })),
        torn: [...torn],
        notes,
      };
    },
    slow: sizeOf(frame.shapeVox) > quicklySeen && {
      what: "cracks to be found",
      where,
    },
  });
  masks?.input.checkUnchanged();
  return {
    cracks: found.cracks.map(({ runs, ...crack }) => ({
      ...crack,
      shapeVox: [height, width],
      parts: partsOf(runs),
    })),
    torn: new Set(found.torn),
    notes: found.notes,
    inputs: masks ? [inputOf(masks)] : [],
  };
}

function inputOf({ input: { path, bytes, sha256 } }: CrackMasks): InputFile {
  return { path, bytes, sha256 };
}

/** Numbers as value, length, value, length and so on. */
function runsOf(parts: Uint8Array): number[] {
  const runs: number[] = [];
  for (let start = 0, at = 1; start < parts.length; at++) {
    if (at < parts.length && parts[at] === parts[start]) continue;
    runs.push(parts[start]!, at - start);
    start = at;
  }
  return runs;
}

function lengthOf(runs: readonly number[]): number {
  return runs.reduce((sum, value, i) => i % 2 === 0 ? sum : sum + value, 0);
}

function partsOf(runs: readonly number[]): Uint8Array {
  const parts = new Uint8Array(lengthOf(runs));
  for (let i = 0, at = 0; i < runs.length; i += 2) {
    parts.fill(runs[i]!, at, at += runs[i + 1]!);
  }
  return parts;
}
