import {
  type AlignedFrame,
  alignedWindow,
  mapOfMatrix,
  mirroredAround,
} from "@/align/mod.ts";
import { type AffineMap, ExperimentError, type Zyx } from "@/core/mod.ts";
import { type Hdf5File, openHdf5 } from "../hdf5/mod.ts";
import type { DatasetGrid } from "../source/_resolution.ts";
import { type HashedInput, hashInput } from "../source/hash_input.ts";
import { type PlacedVolume, placeVolume } from "./_aligned_sections.ts";

/** Where a file of masks has the parts: 1 and 2 in them, 0 in the crack. */
const partsName = "volumes/masks/parts";

/** Parts and matrices that a file has. */
export interface CrackMasks extends Disposable {
  /** The file. */
  readonly input: HashedInput;
  /** Parts of an aligned section; null if it is not torn. */
  parts(section: number): Uint8Array | null;
  /** Maps of its parts, if they are given. */
  maps(section: number): readonly AffineMap[] | undefined;
}

/**
 * Opens a file of masks.
 *
 * @throws {ExperimentError} If it is none, or does not fit.
 */
export async function openCrackMasks(
  path: string,
  { frame, grid, cacheFolder, where }: {
    readonly frame: AlignedFrame;
    /** The grid of the grey values. */
    readonly grid: DatasetGrid;
    readonly cacheFolder: string;
    readonly where: string;
  },
): Promise<CrackMasks> {
  using opened = new DisposableStack();
  const file = opened.use(await openHdf5(path, where));
  if (!file.has(partsName)) {
    throw new ExperimentError(
      `Cannot tell parts of torn sections: "${path}" has no "${partsName}"`,
      {
        where,
        fix: `Name a file with "${partsName}": 1 and 2 in the parts, 0 in ` +
          "the crack and in whole sections",
      },
    );
  }
  const input = await hashInput(path, { cacheFolder, where });
  const placed = placeVolume(file.dataset(partsName), { grid, where });
  opened.move();
  return {
    input,
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
      `${where} ${name}[${part}]`,
    )
  );
}
