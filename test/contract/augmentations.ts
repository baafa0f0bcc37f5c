/**
 * What the contract tests of augmentations share: how each is opened, with which
 * options it leaves samples alone and with which it is at its strongest.
 *
 * @module
 */
import {
  type Box,
  cropArray,
  mapZyx,
  type Patch,
  type Rng,
  type Sample,
  sha256Hex,
  sizeOf,
  type Zyx,
} from "@/core/mod.ts";
import {
  type Augmentation,
  augmentations,
  openShared,
  type Resource,
} from "@/data/mod.ts";
import { makeSample } from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";

/** Options of an entry of an experiment file. */
export type Given = Readonly<Record<string, unknown>>;

/** The names of the catalog. */
export const names: readonly string[] = augmentations.components
  .map(({ name }) => name);

const noSection = { mode: "2d", sectionP: 0 };

/**
 * The options with which each augmentation changes nothing; null for those that
 * have only their chance `p` for it. Whoever adds an augmentation adds a line.
 */
export const zeroStrength: Readonly<Record<string, Given | null>> = {
  simple: { flipZ: 0, flipX: 0, flipY: 0, transpose: 0 },
  elastic: { jitterSigma: [0, 0, 0], probSlip: 0, probShift: 0 },
  affine: { shiftLimit: 0, scaleLimit: 0, rotateLimit: 0 },
  simard: { alpha: 0 },
  perspective: { scale: [0, 0] },
  piecewiseAffine: { scale: [0, 0] },
  gridDistortion: { distortLimit: 0 },
  barrel: { distortLimit: 0 },
  grey: { contrast: 0, brightness: 0, gamma: 0 },
  intensity: { scale: [1, 1], shift: [0, 0] },
  gamma: { power: [1, 1] },
  invert: noSection,
  noise: { sigma: [0, 0] },
  blur: { sigma: [0, 0] },
  medianBlur: noSection,
  motionBlur: { lengthVox: 1, mode: "3d" },
  sharpen: { alpha: [0, 0] },
  emboss: { alpha: [0, 0] },
  clahe: noSection,
  superpixels: { share: [0, 0] },
  lowResolution: { scale: [1, 1] },
  fold: { deformRatio: 0 },
  missingPart: { numSections: 0 },
  sectionDrop: null,
  defect: { probMissing: 0, probLowContrast: 0 },
  cutout: { boxes: 0 },
  cutNoise: { scale: 0 },
  cutBlur: { blockVox: [1, 1] },
  compose: { steps: [{ type: "grey", p: 0 }, { type: "blur", sigma: [0, 0] }] },
};

/** Options with which an augmentation that draws nothing by default draws something. */
const lively: Readonly<Record<string, Given>> = {
  invert: { mode: "2d", sectionP: 0.5 },
};

/** Options with which augmentations do more than any small patch can hold. */
export const excessive: Readonly<Record<string, Given>> = {
  elastic: {
    controlPointSpacing: [1, 3, 3],
    jitterSigma: [2, 12, 12],
    rotationInterval: [-10, 10],
    probSlip: 0.5,
    probShift: 0.5,
    maxMisalign: 20,
  },
  affine: { shiftLimit: 1, scaleLimit: 0.9, rotateLimit: 360, shearLimit: 80 },
  simard: { alphaVox: 1000, sigmaVox: 1 },
  perspective: { scale: [1, 1] },
  piecewiseAffine: { scale: [1, 1], rows: 30, columns: 30 },
  gridDistortion: { numSteps: 50, distortLimit: 0.99 },
  barrel: { distortLimit: 1 },
  grey: { contrast: 100, brightness: 100, gamma: 20 },
  intensity: { scale: [-100, 100], shift: [-100, 100] },
  gamma: { power: [20, 50] },
  noise: { sigma: [100, 100] },
  blur: { sigma: [12, 12] },
  medianBlur: { largestVox: 7 },
  motionBlur: { lengthVox: 99, mode: "3d" },
  sharpen: { alpha: [1, 1], lightness: [9, 9] },
  emboss: { alpha: [1, 1], strength: [9, 9] },
  clahe: { clipLimit: [1e4, 1e4], tiles: 50 },
  superpixels: { share: [1, 1], spacingVox: 500, compactness: 1e-6 },
  lowResolution: { scale: [0.001, 0.001] },
  fold: { deformRatio: 1, deformationStrength: 40, iterations: 100 },
  missingPart: { numSections: 100 },
  sectionDrop: { numSections: 3 },
  defect: {
    probMissing: 0.2,
    probLowContrast: 0.2,
    probDeform: 0.6,
    contrastScale: 50,
    deformationStrength: 40,
    iterations: 100,
  },
  cutout: { boxes: 20, minVox: [99, 99, 99], maxVox: [99, 99, 99] },
  cutNoise: { boxes: 20, minVox: [99, 99, 99], maxVox: [99, 99, 99] },
  cutBlur: { boxes: 9, maxVox: [99, 99, 99], blockVox: [99, 99] },
};

const resources = new Map<string, Resource>();

/** What an augmentation reads when a run begins, from a volume of blobs. */
export async function resourceFor(
  type: string,
  options: Given = {},
): Promise<Resource | undefined> {
  const key = JSON.stringify([type, options]);
  const { needs } = build(type, options);
  if (!needs || resources.has(key)) return resources.get(key);
  using volume = openShared(sharedBlobs([24, 96, 96]));
  const resource = await needs.load({
    volumes: [volume],
    dataRoots: [],
    cacheFolder: "",
    where: `augment[0] "${type}"`,
  });
  resources.set(key, resource);
  return resource;
}

/** Opens an augmentation as an experiment file names it, with what it reads. */
export async function openAugmentation(
  type: string,
  options: Given = {},
): Promise<Augmentation> {
  const augmentation = build(type, options);
  const resource = await resourceFor(type, options);
  return resource ? augmentation.needs!.with(resource) : augmentation;
}

/** The same without what it reads. */
export function build(type: string, options: Given): Augmentation {
  return augmentations.create(
    augmentations.schema.parse({ type, ...lively[type], ...options }),
  );
}

/** A patch of which a border of columns is not labelled. */
export function patchOf(shapeVox: Zyx): Sample {
  const sample = makeSample({ shapeVox });
  const width = shapeVox[2];
  sample.mask.forEach((_, i) => sample.mask[i] = i % width < 3 ? 0 : 1);
  return sample;
}

/** A patch without the context around it. */
export function middleOf(sample: Sample, shapeVox: Zyx): Patch {
  const wide = sample.shapeVox;
  const box: Box = {
    startVox: mapZyx((axis) => (wide[axis] - shapeVox[axis]) / 2),
    shapeVox,
  };
  return {
    image: cropArray(sample.image, wide, box),
    target: cropArray(sample.target, wide, box),
    mask: cropArray(sample.mask, wide, box),
    shapeVox,
  };
}

/** What one application did. */
export interface Application {
  /** The sample it got. */
  readonly before: Sample;
  /** What was drawn for it. */
  readonly parameters: unknown;
  /** What it returned. */
  readonly after: Sample;
}

/** Draws, makes a sample with as much context as that asks for, and applies it. */
export function applyOnce(
  augmentation: Augmentation,
  shapeVox: Zyx,
  rng: Rng,
  make: (wideVox: Zyx, marginVox: Zyx) => Sample = patchOf,
): Application {
  const parameters = augmentation.draw(shapeVox, rng);
  const marginVox = augmentation.marginVox?.(shapeVox, parameters) ?? [0, 0, 0];
  const wideVox = mapZyx((axis) => shapeVox[axis] + 2 * marginVox[axis]);
  const before = make(wideVox, marginVox);
  return { before, parameters, after: augmentation.apply(before, parameters) };
}

/** A hash of all that a sample consists of. */
export function hashOf(sample: Sample): string {
  const { image, target, mask, shapeVox, inside } = sample;
  const bytes = new Uint8Array(
    image.buffer,
    image.byteOffset,
    image.byteLength,
  );
  return [bytes, target, mask].map((array) => sha256Hex(array)).join() +
    JSON.stringify([shapeVox, inside.startVox, inside.shapeVox]) +
    sizeOf(shapeVox);
}
