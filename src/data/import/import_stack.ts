import { ExperimentError, labelComponents, type Zyx } from "@/core/mod.ts";
import { background, cleftsName, rawName } from "../cremi/layout.ts";
import { createHdf5, type Hdf5Writer } from "../hdf5/mod.ts";
import { type GreyForm, greyForm, type GreyValues } from "./grey_values.ts";
import { readMask } from "./mask.ts";
import { openStack, type Stack } from "./stack.ts";

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
  /** Bits of a grey value; those of 32 are floats from 0 to 1. */
  readonly bits: 8 | 16 | 32;
  /** How many clefts it has; null without labels. */
  readonly clefts: number | null;
  /** How many voxels they have; null without labels. */
  readonly cleftVox: number | null;
  /** What a user should know of the files, and what makes one doubt the labels. */
  readonly warnings: readonly string[];
}

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
  const { signal } = plan;
  const raw = await openStack(plan.raw, { option: "--raw", ...plan });
  const form = greyForm(raw);
  const labels = plan.labels === undefined
    ? undefined
    : await openStack(plan.labels, { option: "--labels", ...plan });
  if (labels) checkSameShape(raw, labels);
  using file = await createHdf5(plan.output);
  await writeRaw(file, { raw, form }, plan);
  const mask = labels &&
    await readMask(labels, { threshold: labelThreshold, signal });
  const clefts = mask
    ? writeLabels(file, mask.voxels, labels.shapeVox, plan)
    : null;
  file.commit();
  return {
    path: file.path,
    shapeVox: raw.shapeVox,
    bits: form.bits,
    clefts,
    cleftVox: mask?.count ?? null,
    warnings: [
      ...raw.notes,
      ...form.note === undefined ? [] : [form.note],
      ...labels?.notes ?? [],
      ...mask?.warnings ?? [],
    ],
  };
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
  { raw, form }: { raw: Stack; form: GreyForm },
  { resolutionNm, signal }: StackPlan,
): Promise<void> {
  const plan = {
    shapeVox: raw.shapeVox,
    resolutionNm,
    offsetNm: [0, 0, 0] as const,
  };
  const append = file.dataset(rawName, plan);
  let waiting: GreyValues[] = [];
  const flush = () => {
    append(joined(waiting));
    waiting = [];
  };
  for await (const { pixels } of raw.sections()) {
    signal?.throwIfAborted();
    if (waiting.push(form.of(pixels)) === slab) flush();
  }
  if (waiting.length > 0) flush();
}

function joined(sections: readonly GreyValues[]): GreyValues {
  const [first] = sections, size = first!.length;
  const Grey = first!.constructor as Uint8ArrayConstructor;
  const all = new Grey(sections.length * size) as GreyValues;
  sections.forEach((section, k) => all.set(section, k * size));
  return all;
}

function writeLabels(
  file: Hdf5Writer,
  mask: Uint8Array,
  shapeVox: Zyx,
  { resolutionNm }: StackPlan,
): number {
  const { labels, count } = labelComponents(mask, shapeVox, 26);
  const [depth, height, width] = shapeVox, section = height * width;
  const append = file.dataset(cleftsName, {
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
