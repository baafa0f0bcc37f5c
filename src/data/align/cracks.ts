import {
  type AlignedFrame,
  alignedWindow,
  mapOfMatrix,
  mirroredAround,
  partDefaults,
  partsOf,
  registerPart,
  type Yx,
} from "@/align/mod.ts";
import { type AffineMap, ExperimentError, type Zyx } from "@/core/mod.ts";
import { type Hdf5File, openHdf5 } from "../hdf5/mod.ts";
import type { DatasetGrid } from "../source/_resolution.ts";
import type { Crack } from "./crack.ts";
import { type PlacedVolume, placeVolume } from "./_aligned_sections.ts";

/** How the parts of torn sections are known: found, or by a file of masks. */
export type CrackSource =
  | { readonly by: "detect" }
  | { readonly by: "masks"; readonly path: string; readonly where: string };

/** What was found of torn sections. */
export interface Cracks {
  /** Those that are put together. */
  readonly cracks: readonly Crack[];
  /** Sections that count as torn, as those between which others are filled do not. */
  readonly torn: ReadonlySet<number>;
  /** What a user should know. */
  readonly notes: readonly string[];
}

/** Where cracks are looked for. */
export interface CrackPlace {
  readonly frame: AlignedFrame;
  /** The grid of the grey values. */
  readonly grid: DatasetGrid;
  /** Aligned grey values of a section. */
  greys(section: number): Float32Array;
  readonly signal: AbortSignal | undefined;
}

/** Where a file of masks has the parts: 1 and 2 in them, 0 in the crack. */
const partsName = "volumes/masks/parts";

/** Share of a crack that may be as bright as tissue. */
const mostTissue = 0.1;

/** Correlation with the neighbours below which a part belongs nowhere for certain. */
const leastCorrelation = 0.15;

/**
 * Finds the torn sections of an aligned volume and where their parts belong
 * (techniques A8.6): parts by their brightness or by masks, maps by matrices or
 * estimated against the nearest whole sections.
 *
 * @throws {ExperimentError} If masks are none, a matrix cannot be undone, or a
 * part that was named suits no neighbour.
 */
export async function findCracks(
  source: CrackSource,
  place: CrackPlace,
): Promise<Cracks> {
  const { frame: { shapeVox: [depth, height, width] }, greys, signal } = place;
  const shapeVox: Yx = [height, width];
  using masks = source.by === "masks" ? await openMasks(source, place) : null;
  const parts = new Map<number, Uint8Array>();
  for (let section = 0; section < depth; section++) {
    signal?.throwIfAborted();
    const found = masks
      ? masks.parts(section)
      : crackedParts(section, { depth, shapeVox, greys });
    if (found) parts.set(section, found);
  }
  const torn = new Set(parts.keys());
  const notes: string[] = [], cracks: Crack[] = [];
  for (const [section, mask] of parts) {
    signal?.throwIfAborted();
    const given = masks?.maps(section);
    const [before, after] = neighboursOf(section, { torn, ...place });
    const onto = before.map((value, i) => (value + after[i]!) / 2);
    const registered = given?.map((map) => ({ map, correlation: null })) ??
      [1, 2].map((part) =>
        registerPart({
          plane: greys(section),
          mask: mask.map((p) => p === part ? 1 : 0),
          ...{ onto, shapeVox },
        })
      );
    const correlations = registered.map(({ correlation }) => correlation);
    const least = Math.min(...correlations.map((c) => c ?? 1));
    if (least < leastCorrelation) {
      const why = `a part of it suits its neighbours by ${
        least.toFixed(2)
      } only`;
      if (source.by === "masks") throw homeless(section, why, source.where);
      notes.push(`Section ${section} seems torn and is left as it is: ${why}`);
      continue;
    }
    const maps = registered.map(({ map }) => map) as [AffineMap, AffineMap];
    cracks.push({ section, shapeVox, parts: mask, maps, correlations });
  }
  return { cracks, torn, notes };
}

/**
 * The parts of a section that is torn: between them it is dark, where most of the
 * sections beside it, up to two away, are not. Membranes go on through sections,
 * and what they enclose is bright.
 */
function crackedParts(
  section: number,
  { depth, shapeVox, greys }: Pick<CrackPlace, "greys"> & {
    readonly depth: number;
    readonly shapeVox: Yx;
  },
): Uint8Array | null {
  const own = greys(section), { threshold } = partDefaults;
  const parts = partsOf({ plane: own, shapeVox });
  if (!parts) return null;
  const beside = [-2, -1, 1, 2].map((step) => section + step)
    .filter((z) => z >= 0 && z < depth).map(greys);
  let gap = 0, bright = 0, tissue = 0;
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] !== 0) continue;
    gap++;
    if (own[i]! > threshold) tissue++;
    let most = 0;
    for (const plane of beside) most += plane[i]! > threshold ? 1 : -1;
    if (most > 0) bright++;
  }
  return bright > gap / 2 && tissue < mostTissue * gap ? parts : null;
}

function homeless(
  section: number,
  why: string,
  where: string,
): ExperimentError {
  return new ExperimentError(
    `Cannot put aligned section ${section} together: ${why}`,
    { where, fix: "Give its matrices in the file of masks, or leave it out" },
  );
}

/**
 * The nearest whole sections before and behind a torn one; where one side has
 * none, the other twice.
 *
 * @throws {ExperimentError} If there is none at all.
 */
export function neighboursOf(
  section: number,
  { torn, frame, greys }: Pick<CrackPlace, "frame" | "greys"> & {
    readonly torn: ReadonlySet<number>;
  },
): readonly [Float32Array, Float32Array] {
  const whole = (step: 1 | -1) => {
    let at = section + step;
    while (torn.has(at)) at += step;
    return at >= 0 && at < frame.shapeVox[0] ? at : undefined;
  };
  const before = whole(-1) ?? whole(1), behind = whole(1) ?? whole(-1);
  if (before === undefined || behind === undefined) {
    throw new ExperimentError(
      "Cannot repair a volume in which every section is torn",
      { where: "--cracks", fix: "Name the torn sections by a file of masks" },
    );
  }
  return [greys(before), greys(behind)];
}

/** Parts and matrices that a file has. */
interface Masks extends Disposable {
  /** Parts of an aligned section; null if it is not torn. */
  parts(section: number): Uint8Array | null;
  /** Maps of its parts, if they are given. */
  maps(section: number): readonly AffineMap[] | undefined;
}

async function openMasks(
  { path, where }: { readonly path: string; readonly where: string },
  { frame, grid }: CrackPlace,
): Promise<Masks> {
  using opened = new DisposableStack();
  const file = opened.use(await openHdf5(path, where));
  const placed = placeVolume(file.dataset(partsName), { grid, where });
  opened.move();
  return {
    parts: (section) => partsIn(placed, { frame, section, where }),
    maps: (section) =>
      matricesIn(file, { section: frame.firstSection + section, where }),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

function partsIn(
  { dataset, startVox: [z0, y0, x0] }: PlacedVolume,
  { frame, section, where }: {
    readonly frame: AlignedFrame;
    readonly section: number;
    readonly where: string;
  },
): Uint8Array | null {
  const [depth, height, width] = dataset.shapeVox;
  const z = frame.firstSection + section - z0;
  if (z < 0 || z >= depth) return null;
  const voxels = dataset.read({
    startVox: [z, 0, 0],
    shapeVox: [1, height, width],
  });
  const other = voxels.find((v: number | bigint) =>
    Number(v) !== 0 && Number(v) !== 1 && Number(v) !== 2
  );
  if (other !== undefined) {
    throw new ExperimentError(
      `Cannot tell the parts of section ${z} of "${partsName}": it has ${other}`,
      { where, fix: "Write 1 and 2 in the parts, 0 in the crack" },
    );
  }
  const parts = Uint8Array.from(voxels, Number);
  if (!parts.includes(1) || !parts.includes(2)) return null;
  return mirroredAround(
    { startVox: [y0, x0], shapeVox: [height, width], voxels: parts },
    alignedWindow(frame, section),
  );
}

/** The maps that a table `matrices/SECTION` of 2 × 3 × 3 numbers says. */
function matricesIn(
  file: Hdf5File,
  { section, where }: { readonly section: number; readonly where: string },
): readonly AffineMap[] | undefined {
  const name = `matrices/${section}`;
  if (!file.has(name)) return undefined;
  const table = file.table(name);
  const [parts, rows, columns] = (table?.shape ?? []) as unknown as Zyx;
  const values = table?.values;
  if (parts !== 2 || rows !== 3 || columns !== 3 || !values) {
    throw new ExperimentError(
      `Cannot move the parts of section ${section} by "${name}": it is ` +
        `${(table?.shape ?? []).join(" × ")}, not 2 × 3 × 3`,
      { where, fix: "Give a matrix of 3 × 3 for part 1 and one for part 2" },
    );
  }
  return [0, 1].map((part) =>
    mapOfMatrix(
      [0, 1, 2].map((row) =>
        [0, 1, 2].map((column) => Number(values[9 * part + 3 * row + column]))
      ),
      `${where} ${name}`,
    )
  );
}
