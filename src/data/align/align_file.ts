import { basename } from "node:path";
import { type AlignedFrame, type HalfRounding, type Yx } from "@/align/mod.ts";
import {
  type Box,
  cleftVersion,
  ExperimentError,
  mapZyx,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import { cleftsName, locationsName, rawName } from "../cremi/layout.ts";
import { checkPartnerIds } from "../cremi/partners.ts";
import { createHdf5, type Hdf5Dataset, openHdf5 } from "../hdf5/mod.ts";
import { greyReader } from "../source/_grey.ts";
import { gridOf } from "../source/_resolution.ts";
import { hashInput } from "../source/hash_input.ts";
import { regionBox, type RegionSpec } from "../volume/mod.ts";
import {
  alignedGreys,
  alignedSections,
  labelledBox,
  type PlacedVolume,
  placeVolume,
} from "./_aligned_sections.ts";
import {
  appendSections,
  copyOthers,
  unmovedAttributes,
  volumesOf,
} from "./_file.ts";
import type { Crack } from "./crack.ts";
import { neighboursOf } from "./cracks.ts";
import { estimatedPlaces } from "./estimated_places.ts";
import { type CrackSource, foundCracks } from "./found_cracks.ts";
import { type ContextMargin, layFrame, type Movement } from "./lay_frame.ts";
import { movedPoints } from "./points.ts";
import {
  type AlignedDataset,
  type AlignmentRecord,
  isAligned,
  type ShiftsRecord,
  writeRecord,
} from "./record.ts";

/** What to align, and how. */
export interface AlignRequest {
  /** The file, HDF5 in the layout of the challenge. */
  readonly path: string;
  /** The file to write. */
  readonly output: string;
  /** A small file for what the way back needs, besides. */
  readonly record?: string | undefined;
  /** By what its sections are moved. */
  readonly shifts: ShiftsRecord & {
    /** The table's lines; none if shifts are estimated. */
    readonly steps?: readonly Yx[];
    /** The section that its first line is of. */
    readonly firstSection?: number | undefined;
  };
  /** What becomes of a place in the middle between two voxels. */
  readonly rounding: HalfRounding;
  /** The part each section holds whole: by default what is labelled, else all. */
  readonly region?: RegionSpec | undefined;
  /** What is kept around it. */
  readonly context: ContextMargin;
  /** How torn sections are known, if they are to be put together. */
  readonly cracks?: CrackSource | undefined;
  /** Where hashes are kept. */
  readonly cacheFolder: string;
  /** Stops it; nothing is written then. */
  readonly signal?: AbortSignal | undefined;
  /** Told what takes long as it begins. */
  notify?(line: string): void;
}

/** What was written. */
export interface AlignedFile {
  /** Its path. */
  readonly path: string;
  /** Extent of the aligned grey values. */
  readonly shapeVox: Zyx;
  /** The largest way that a section was moved, in voxels. */
  readonly farthestVox: number;
  /** The volumes in it. */
  readonly volumes: readonly string[];
  /** How many points moved with their sections. */
  readonly points: number;
  /** Torn sections that were put together, counted in the aligned volume. */
  readonly repaired: readonly Pick<Crack, "section" | "correlations">[];
  /** What a user should know. */
  readonly notes: readonly string[];
}

/**
 * Aligns a file: grey values, labels, masks and the points of annotations move
 * with their sections (techniques A8.1 to A8.3), and what their way back needs
 * is written beside them. Reads and writes some sections at a time; the file
 * appears whole or not at all.
 *
 * @throws {ExperimentError} If it is no file in CREMI's layout, was aligned
 * already, the shifts are of other sections, a point is outside, or partners
 * name none.
 */
export async function alignFile(request: AlignRequest): Promise<AlignedFile> {
  const { path, context, signal, cacheFolder } = request, where = path;
  using file = await openHdf5(path, where);
  if (isAligned(file)) {
    throw new ExperimentError(`Cannot align "${path}": it is aligned already`, {
      where,
      fix: "Reverse it first: deno task align reverse FILE --output FILE",
    });
  }
  checkPartnerIds(file, where);
  const raw = file.dataset(rawName), grid = gridOf(raw, { where });
  const volumes = volumesOf(file).map((name) =>
    placeVolume(name === rawName ? raw : file.dataset(name), { grid, where })
  );
  const block = request.region
    ? regionBox(request.region, { grid, where: "--region" })
    : labelledBox(volumes) ?? wholeBox(raw.shapeVox);
  const { sha256 } = await hashInput(path, { cacheFolder });
  const notes: string[] = [];
  const frame = layFrame({
    sourceVox: raw.shapeVox,
    block,
    context,
    movement: movementOf(request, raw, {
      block,
      context,
      sha256,
      where,
      notes,
    }),
    rounding: request.rounding,
    where,
  });
  const { voxelNm, offsetNm } = grid;
  const greys = alignedGreys(raw, { frame, where });
  if (request.cracks) {
    request.notify?.(`Looking at ${frame.shapeVox[0]} sections for cracks`);
  }
  const { cracks, torn, notes: doubts } = request.cracks
    ? await foundCracks(request.cracks, {
      ...{ frame, grid, greys, signal, cacheFolder, where },
      data: { sha256, name: rawName },
    })
    : { cracks: [], torn: new Set<number>(), notes: [] };
  const points = file.has(locationsName)
    ? movedPoints(file, {
      ...{ frame, voxelNm, offsetNm, cracks, where },
      direction: "forward",
    })
    : undefined;
  notes.push(...doubts);
  const datasets: Record<string, AlignedDataset> = {};
  using output = await createHdf5(request.output);
  notes.push(...copyOthers(file, output));
  if (points) output.table(locationsName, points);
  for (const volume of volumes) {
    const { name } = volume.dataset;
    datasets[name] = writeAligned(volume);
  }
  const { steps: _, firstSection: __, ...shifts } = request.shifts;
  const record: AlignmentRecord = {
    form: 1,
    cleft: cleftVersion,
    source: { name: basename(path), sha256 },
    shifts,
    frame,
    block,
    voxelNm,
    offsetNm,
    datasets,
    cracks,
  };
  writeRecord(output, record);
  output.commit();
  if (request.record !== undefined) {
    using small = await createHdf5(request.record);
    writeRecord(small, record);
    small.commit();
  }
  return {
    path: output.path,
    shapeVox: frame.shapeVox,
    farthestVox: Math.max(
      ...frame.corners.flat().map((at, i) =>
        Math.abs(at - frame.origin[i % 2]!)
      ),
    ),
    volumes: Object.keys(datasets),
    points: points?.shape[0] ?? 0,
    repaired: cracks.map(({ section, correlations }) => ({
      section,
      correlations,
    })),
    notes,
  };

  function writeAligned({ dataset, startVox }: PlacedVolume): AlignedDataset {
    const { name, shapeVox } = dataset;
    const { first, end } = sharedSections(startVox[0], shapeVox[0], frame);
    const lost = shapeVox[0] - (end - first);
    if (end <= first) {
      throw new ExperimentError(
        `Cannot align "${name}": none of its sections is kept`,
        { where, fix: "Keep more sections by --context or --region" },
      );
    }
    if (lost > 0) notes.push(`${lost} sections of "${name}" are not kept`);
    if (name === cleftsName && !/64/.test(dataset.kind)) {
      notes.push(
        `"${name}" is ${dataset.kind}, which has no value for unknown: beyond ` +
          "what was labelled it has 0 now",
      );
    }
    request.notify?.(`Aligning ${end - first} sections of ${name}`);
    appendSections(output, {
      name,
      plan: {
        shapeVox: [end - first, frame.shapeVox[1], frame.shapeVox[2]],
        offsetNm: mapZyx((a) =>
          offsetNm[a] + [first, ...frame.origin][a]! * voxelNm[a]
        ),
        copied: unmovedAttributes(file, name),
      },
      sections: alignedSections({ dataset, startVox }, {
        ...{ first, end, frame, greys },
        repairs: new Map(cracks.map((crack) => [crack.section, crack])),
        neighbours: (section) =>
          neighboursOf(section, { torn, frame, greys, where }),
      }),
      signal,
    });
    return { shapeVox, startVox, offsetNm: dataset.offsetNm ?? null };
  }
}

function movementOf(
  request: AlignRequest,
  raw: Hdf5Dataset,
  { block, context, sha256, where, notes }: {
    readonly block: Box;
    readonly context: ContextMargin;
    readonly sha256: string;
    readonly notes: string[];
    readonly where: string;
  },
): Movement {
  const { shifts, path, cacheFolder } = request;
  if ("reach" in shifts) {
    request.notify?.("Estimating shifts");
    const grey = greyReader(raw, where);
    const { reach, driftSections } = shifts;
    return {
      by: "estimate",
      estimate: (firstSection, sections) =>
        estimatedPlaces({
          shapeVox: raw.shapeVox,
          data: { sha256, name: raw.name },
          read: (box) => grey(raw.read(box)),
        }, {
          ...{ firstSection, sections, block, marginVox: context.pixels },
          options: { reach, driftSections: driftSections ?? Infinity },
          place: { cacheFolder, where },
          note: (line) => notes.push(line),
        }),
    };
  }
  return {
    by: "table",
    steps: shifts.steps!,
    firstSection: shifts.firstSection,
    where: shifts.table || path,
  };
}

/** The sections of the grey values that a dataset has and the frame keeps. */
function sharedSections(start: number, depth: number, frame: AlignedFrame) {
  const first = Math.max(start, frame.firstSection);
  const end = Math.min(
    start + depth,
    frame.firstSection + frame.corners.length,
  );
  return { first, end };
}
