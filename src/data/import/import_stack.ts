import {
  ExperimentError,
  labelComponents,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import { createHdf5, type Hdf5Writer } from "../hdf5/mod.ts";
import { type GreyImage, imagesIn } from "./grey_image.ts";
import { imageFiles } from "./image_files.ts";

/** What to import, and where to. */
export interface StackPlan {
  /** Pattern of the grey images, one section each (or a page each), in order. */
  readonly raw: string;
  /** Pattern of the label images, as many and as large; none for raw alone. */
  readonly labels?: string | undefined;
  /** Extent of a voxel in nanometres, z y x. */
  readonly resolutionNm: Zyx;
  /** The HDF5 file to write. */
  readonly output: string;
  /** Label pixels above this are cleft; 127 of 0 to 255 by default. */
  readonly labelThreshold?: number | undefined;
  /** Stops the import; nothing is written then. */
  readonly signal?: AbortSignal | undefined;
  /** Told of the images' files before any is read. */
  onInputs?(paths: readonly string[]): void;
}

/** What an import wrote. */
export interface ImportedStack {
  /** The file. */
  readonly path: string;
  /** Its extent in voxels. */
  readonly shapeVox: Zyx;
  /** Bits of a grey value. */
  readonly bits: 8 | 16;
  /** How many clefts it has; null without labels. */
  readonly clefts: number | null;
  /** How many voxels they have; null without labels. */
  readonly cleftVox: number | null;
}

const background = 0xffffffffffffffffn;

/** Sections written at a time: the depth of a chunk. */
const slab = 4;

/**
 * Turns a stack of images into an HDF5 file in the layout of the CREMI challenge:
 * `volumes/raw` with the images' own grey values, `volumes/labels/clefts` with a
 * number for each 26-connected component and 0xffffffffffffffff elsewhere. The
 * file appears whole or not at all.
 *
 * @throws {ExperimentError} If a pattern matches nothing, an image cannot be
 * read, images differ in size or bits, or labels do not match the grey images.
 */
export async function importStack(plan: StackPlan): Promise<ImportedStack> {
  const { resolutionNm, labelThreshold = 127 } = plan;
  if (!resolutionNm.every((nm) => Number.isFinite(nm) && nm > 0)) {
    throw new ExperimentError(
      `Cannot import with a resolution of ${resolutionNm.join(", ")} nm`,
      { where: "--resolution", fix: "Give three numbers above 0, z y x" },
    );
  }
  const raw = await openStack(plan.raw, { option: "--raw", ...plan });
  const labels = plan.labels === undefined
    ? undefined
    : await openStack(plan.labels, { option: "--labels", ...plan });
  if (labels) checkSameShape(raw, labels);
  using file = await createHdf5(plan.output);
  const bits = await writeRaw(file, raw, plan);
  const found = labels && await readMask(labels, labelThreshold, plan.signal);
  const clefts = found ? writeLabels(file, found, labels.shapeVox, plan) : null;
  file.commit();
  return {
    path: file.path,
    shapeVox: raw.shapeVox,
    bits,
    clefts,
    cleftVox: found?.reduce((sum, value) => sum + value, 0) ?? null,
  };
}

/** Images that are the sections of one volume. */
interface Stack {
  readonly pattern: string;
  readonly option: string;
  readonly shapeVox: Zyx;
  sections(): AsyncGenerator<GreyImage>;
}

/** Finds the images of a pattern and counts their sections, reading each once. */
async function openStack(
  pattern: string,
  { option, onInputs }: Pick<StackPlan, "onInputs"> & { option: string },
): Promise<Stack> {
  const files = imageFiles(pattern, option);
  onInputs?.(files);
  let first: { file: string; image: GreyImage } | undefined, depth = 0;
  for (const file of files) {
    for await (const image of imagesIn(file)) {
      depth++;
      first ??= { file, image };
      const [height, width] = image.shape, [rows, columns] = first.image.shape;
      if (height !== rows || width !== columns) {
        throw new ExperimentError(
          `Cannot stack images of different sizes: "${file}" has ${height} × ` +
            `${width} pixels, "${first.file}" has ${rows} × ${columns}`,
          { where: option, fix: "Crop or align them to one size first" },
        );
      }
      if (image.pixels.constructor === first.image.pixels.constructor) continue;
      throw new ExperimentError(
        `Cannot stack images of different depths: "${file}" has ` +
          `${bitsOf(image)} bits, "${first.file}" has ${bitsOf(first.image)}`,
        { where: option, fix: "Convert them all to 8 or all to 16 bits" },
      );
    }
  }
  return {
    pattern,
    option,
    shapeVox: [depth, ...first!.image.shape],
    async *sections() {
      for (const file of files) yield* imagesIn(file);
    },
  };
}

function bitsOf({ pixels }: GreyImage): 8 | 16 {
  return pixels instanceof Uint8Array ? 8 : 16;
}

function checkSameShape(raw: Stack, labels: Stack): void {
  if (raw.shapeVox.every((extent, axis) => extent === labels.shapeVox[axis])) {
    return;
  }
  const [sections] = raw.shapeVox, [labelSections] = labels.shapeVox;
  throw new ExperimentError(
    sections === labelSections
      ? `Cannot combine "${raw.pattern}" (${
        raw.shapeVox.join(" × ")
      } voxels) ` +
        `with "${labels.pattern}" (${labels.shapeVox.join(" × ")})`
      : `Cannot combine ${sections} sections of "${raw.pattern}" with ` +
        `${labelSections} of "${labels.pattern}"`,
    {
      where: labels.option,
      fix: "Name one label image for each grey image, of the same size",
    },
  );
}

async function writeRaw(
  file: Hdf5Writer,
  { shapeVox, sections }: Stack,
  { resolutionNm, signal }: StackPlan,
): Promise<8 | 16> {
  const plan = { shapeVox, resolutionNm, offsetNm: [0, 0, 0] as const };
  const append = file.dataset("volumes/raw", plan);
  let waiting: GreyImage[] = [], bits: 8 | 16 = 8;
  const flush = () => {
    append(joined(waiting));
    waiting = [];
  };
  for await (const section of sections()) {
    signal?.throwIfAborted();
    bits = bitsOf(section);
    if (waiting.push(section) === slab) flush();
  }
  if (waiting.length > 0) flush();
  return bits;
}

function joined(sections: readonly GreyImage[]): Uint8Array | Uint16Array {
  const [first] = sections, size = first!.pixels.length;
  const all = first!.pixels instanceof Uint8Array
    ? new Uint8Array(sections.length * size)
    : new Uint16Array(sections.length * size);
  sections.forEach(({ pixels }, k) => all.set(pixels, k * size));
  return all;
}

/** 1 where a label pixel is above the threshold. */
async function readMask(
  { shapeVox, sections, pattern }: Stack,
  threshold: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const mask = new Uint8Array(sizeOf(shapeVox)); // [D, H, W]
  let at = 0, most = 0, count = 0;
  for await (const { pixels } of sections()) {
    signal?.throwIfAborted();
    for (let i = 0; i < pixels.length; i++, at++) {
      most = Math.max(most, pixels[i]!);
      if (pixels[i]! > threshold) mask[at] = 1, count++;
    }
  }
  if (count > 0 || most === 0) return mask;
  throw new ExperimentError(
    `Cannot find clefts in "${pattern}": the brightest label pixel is ${most}, ` +
      `those above ${threshold} count`,
    { where: "--threshold", fix: `Set it below ${most}` },
  );
}

function writeLabels(
  file: Hdf5Writer,
  mask: Uint8Array,
  shapeVox: Zyx,
  { resolutionNm }: StackPlan,
): number {
  const { labels, count } = labelComponents(mask, shapeVox, 26);
  const [depth, height, width] = shapeVox, section = height * width;
  const append = file.dataset("volumes/labels/clefts", {
    shapeVox,
    resolutionNm,
    offsetNm: [0, 0, 0],
  });
  for (let z = 0; z < depth; z += slab) {
    const part = labels.subarray(z * section, (z + slab) * section);
    append(
      BigUint64Array.from(part, (id) => id === 0 ? background : BigInt(id)),
    );
  }
  return count;
}
