import { join } from "node:path";
import { openRng, type Rng, sizeOf, type Zyx } from "@/core/mod.ts";
import { createHdf5, writeHdf5 } from "@/data/mod.ts";

const paddedVox: Zyx = [10, 76, 76];

/** What of the padded volumes is labelled or handed in. */
export const block = {
  startVox: [2, 14, 14] as Zyx,
  shapeVox: [6, 48, 48] as Zyx,
};

/** The section of A+ that is torn. */
export const torn = 3;

/** The section of A+ that is missing. */
const missing = 5;

/** Voxels by which the parts of the torn section were drawn apart, each. */
const apartVox = 3;

const voxelNm: Zyx = [40, 4, 4], background = 0xffffffffffffffffn;
const names = ["A", "B", "C"] as const;
const [depth, height, width] = paddedVox;

/** Grey values and clefts, `[D, H, W]`, and how far each section has drifted. */
interface Tissue {
  readonly grey: Uint8Array;
  readonly cleft: Uint8Array;
  readonly drifts: readonly (readonly [y: number, x: number])[];
}

/** What is known of a test volume. */
export interface Truth {
  /** 1 in clefts of the block, where its file has them, `[d, h, w]`. */
  readonly cleft: Uint8Array;
  /** The same as if sections had not drifted. */
  readonly undrifted: Uint8Array;
}

/**
 * Writes a small challenge into a folder: A, B and C with labels, A+, B+ and C+
 * without, all padded, each section drifted by some voxels; a section of A+ is
 * torn and another missing. Tables of shifts and the parts of the torn section lie
 * beside them.
 *
 * @returns What is known of A+, B+ and C+.
 */
export async function writeChallenge(
  folder: string,
): Promise<ReadonlyMap<string, Truth>> {
  Deno.mkdirSync(folder, { recursive: true });
  const truths = new Map<string, Truth>();
  for (const [i, name] of names.entries()) {
    const labelled = drawTissue(openRng(i).at("labelled"));
    await writeVolume(join(folder, `sample_${name}_padded_20160501.hdf`), {
      ...labelled,
      hasLabels: true,
    });
    writeTable(join(folder, `trans_${name}.txt`), labelled);
    const test = drawTissue(openRng(i).at("test"));
    const undrifted = inBlock(drifted({ ...test, drifts: [] }).cleft);
    const seen = drifted(test);
    if (name === "A") {
      tear(seen);
      seen.grey.fill(
        0,
        missing * height * width,
        (missing + 1) * height * width,
      );
      await writeParts(join(folder, "cracks_A+.hdf"));
    }
    await writeVolume(join(folder, `sample_${name}+_padded_20160601.hdf`), {
      ...seen,
      drifts: [],
      hasLabels: false,
    });
    writeTable(join(folder, `trans_${name}+.txt`), test);
    truths.set(`${name}+`, { cleft: inBlock(seen.cleft), undrifted });
  }
  return truths;
}

/** Bright tissue with dark discs, three sections thick, somewhat larger than the volume. */
function drawTissue(rng: Rng): Tissue {
  const grey = Uint8Array.from(
    { length: sizeOf(paddedVox) },
    () => 150 + rng.integer(40),
  );
  const cleft = new Uint8Array(grey.length);
  for (let disc = 0; disc < 14; disc++) {
    const z0 = 1 + disc % (depth - 2);
    const y0 = rng.integer(height), x0 = rng.integer(width);
    for (let z = z0 - 1; z <= z0 + 1; z++) {
      for (let i = 0; i < height * width; i++) {
        const y = Math.floor(i / width), x = i % width;
        if (Math.hypot((y - y0) / 4, (x - x0) / 7) > 1) continue;
        grey[z * height * width + i] = 20 + rng.integer(30);
        cleft[z * height * width + i] = 1;
      }
    }
  }
  const drift = () => rng.integer(9) - 4;
  return {
    ...{ grey, cleft },
    drifts: Array.from({ length: depth }, () => [drift(), drift()] as const),
  };
}

/** Tissue as the microscope has it: each section moved; what comes in is bright. */
function drifted({ grey, cleft, drifts }: Tissue): {
  grey: Uint8Array;
  cleft: Uint8Array;
} {
  const seen = { grey: grey.slice().fill(170), cleft: cleft.slice().fill(0) };
  for (let z = 0; z < depth; z++) {
    const [dy, dx] = drifts[z] ?? [0, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const fromY = y - dy, fromX = x - dx;
        if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) {
          continue;
        }
        const to = (z * height + y) * width + x;
        const from = (z * height + fromY) * width + fromX;
        seen.grey[to] = grey[from]!;
        seen.cleft[to] = cleft[from]!;
      }
    }
  }
  return seen;
}

/** Which side of the crack a column is on: 1, 2, or 0 in it. */
function partAt(x: number): 0 | 1 | 2 {
  const middle = width / 2;
  return x < middle - apartVox ? 1 : x >= middle + apartVox ? 2 : 0;
}

/** Draws the halves of a section apart; between them it is black. */
function tear(seen: { grey: Uint8Array; cleft: Uint8Array }): void {
  for (const values of [seen.grey, seen.cleft]) {
    for (let y = 0; y < height; y++) {
      const start = (torn * height + y) * width;
      const row = values.slice(start, start + width);
      for (let x = 0; x < width; x++) {
        const part = partAt(x);
        const from = part === 1 ? x + apartVox : x - apartVox;
        values[start + x] = part === 0 ? 0 : row[from]!;
      }
    }
  }
}

/** Steps from section to section that undo the drift. */
function writeTable(path: string, { drifts }: Tissue): void {
  const lines = drifts.map(([y, x], z) => {
    const [y0, x0] = drifts[z - 1] ?? [y, x];
    return `${x0 - x} ${y0 - y}`;
  });
  Deno.writeTextFileSync(path, `${lines.join("\n")}\n`);
}

async function writeVolume(
  path: string,
  { hasLabels, ...tissue }: Tissue & { readonly hasLabels: boolean },
): Promise<void> {
  const { grey, cleft } = drifted(tissue);
  await writeHdf5(path, {
    "volumes/raw": {
      shapeVox: paddedVox,
      resolutionNm: voxelNm,
      offsetNm: [0, 0, 0],
      data: grey,
    },
    ...hasLabels && {
      "volumes/labels/clefts": {
        shapeVox: block.shapeVox,
        resolutionNm: voxelNm,
        offsetNm: [
          block.startVox[0] * 40,
          block.startVox[1] * 4,
          block.startVox[2] * 4,
        ] as Zyx,
        data: BigUint64Array.from(
          inBlock(cleft),
          (isCleft) => isCleft ? 1n : background,
        ),
      },
    },
  });
}

/** Where the parts of the torn section are, and the matrices that put it together. */
async function writeParts(path: string): Promise<void> {
  using file = await createHdf5(path);
  const append = file.dataset("volumes/masks/parts", {
    shapeVox: paddedVox,
    resolutionNm: voxelNm,
    offsetNm: [0, 0, 0],
  });
  append(Uint8Array.from(
    { length: sizeOf(paddedVox) },
    (_, i) => Math.floor(i / (height * width)) === torn ? partAt(i % width) : 0,
  ));
  const shift = (x: number) => [1, 0, x, 0, 1, 0, 0, 0, 1];
  file.table(`matrices/${torn}`, {
    values: Float64Array.of(...shift(apartVox), ...shift(-apartVox)),
    dtype: "<d",
    shape: [2, 3, 3],
    attributes: {},
  });
  file.commit();
}

function inBlock(values: Uint8Array): Uint8Array {
  const [z0, y0, x0] = block.startVox, [d, h, w] = block.shapeVox;
  return Uint8Array.from({ length: d * h * w }, (_, i) => {
    const z = Math.floor(i / (h * w)), y = Math.floor(i / w) % h, x = i % w;
    return values[((z0 + z) * height + y0 + y) * width + x0 + x]!;
  });
}
