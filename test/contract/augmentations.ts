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

/** With which options the contract tests try an augmentation. */
export interface Trial {
  /** Those with which it changes nothing; null if only its chance `p` does that. */
  readonly still: Given | null;
  /** Those with which it does more than any small patch can hold, if it can. */
  readonly excessive?: Given;
  /** Those with which it draws something, if it draws nothing by default. */
  readonly lively?: Given;
}

/** Whoever adds an augmentation adds a line. */
export const trials: Readonly<Record<string, Trial>> = {
  simple: { still: { flipZ: 0, flipX: 0, flipY: 0, transpose: 0 } },
  elastic: {
    still: { jitterSigma: [0, 0, 0], probSlip: 0, probShift: 0 },
    excessive: {
      controlPointSpacing: [1, 3, 3],
      jitterSigma: [2, 12, 12],
      rotationInterval: [-10, 10],
      probSlip: 0.5,
      probShift: 0.5,
      maxMisalign: 20,
    },
  },
  affine: {
    still: { shiftLimit: 0, scaleLimit: 0, rotateLimit: 0 },
    excessive: {
      shiftLimit: 1,
      scaleLimit: 0.9,
      rotateLimit: 360,
      shearLimit: 80,
    },
  },
  simard: { still: { alpha: 0 }, excessive: { alphaVox: 1000, sigmaVox: 1 } },
  perspective: { still: { scale: [0, 0] }, excessive: { scale: [1, 1] } },
  piecewiseAffine: {
    still: { scale: [0, 0] },
    excessive: { scale: [1, 1], rows: 30, columns: 30 },
  },
  gridDistortion: {
    still: { distortLimit: 0 },
    excessive: { numSteps: 50, distortLimit: 0.99 },
  },
  barrel: { still: { distortLimit: 0 }, excessive: { distortLimit: 1 } },
  grey: {
    still: { contrast: 0, brightness: 0, gamma: 0 },
    excessive: { contrast: 100, brightness: 100, gamma: 20 },
  },
  intensity: {
    still: { scale: [1, 1], shift: [0, 0] },
    excessive: { scale: [-100, 100], shift: [-100, 100] },
  },
  gamma: { still: { power: [1, 1] }, excessive: { power: [20, 50] } },
  invert: { still: noSection, lively: { mode: "2d", sectionP: 0.5 } },
  noise: { still: { sigma: [0, 0] }, excessive: { sigma: [100, 100] } },
  blur: { still: { sigma: [0, 0] }, excessive: { sigma: [12, 12] } },
  medianBlur: { still: noSection, excessive: { largestVox: 7 } },
  motionBlur: {
    still: { lengthVox: 1, mode: "3d" },
    excessive: { lengthVox: 99, mode: "3d" },
  },
  sharpen: {
    still: { alpha: [0, 0] },
    excessive: { alpha: [1, 1], lightness: [9, 9] },
  },
  emboss: {
    still: { alpha: [0, 0] },
    excessive: { alpha: [1, 1], strength: [9, 9] },
  },
  clahe: { still: noSection, excessive: { clipLimit: [1e4, 1e4], tiles: 50 } },
  superpixels: {
    still: { share: [0, 0] },
    excessive: { share: [1, 1], spacingVox: 500, compactness: 1e-6 },
  },
  lowResolution: {
    still: { scale: [1, 1] },
    excessive: { scale: [0.001, 0.001] },
  },
  fold: {
    still: { deformRatio: 0 },
    excessive: { deformRatio: 1, deformationStrength: 40, iterations: 100 },
  },
  missingPart: { still: { numSections: 0 }, excessive: { numSections: 100 } },
  sectionDrop: { still: null, excessive: { numSections: 3 } },
  defect: {
    still: { probMissing: 0, probLowContrast: 0 },
    excessive: {
      probMissing: 0.2,
      probLowContrast: 0.2,
      probDeform: 0.6,
      contrastScale: 50,
      deformationStrength: 40,
      iterations: 100,
    },
  },
  cutout: {
    still: { boxes: 0 },
    excessive: { boxes: 20, minVox: [99, 99, 99], maxVox: [99, 99, 99] },
  },
  cutNoise: {
    still: { scale: 0 },
    excessive: { boxes: 20, minVox: [99, 99, 99], maxVox: [99, 99, 99] },
  },
  cutBlur: {
    still: { blockVox: [1, 1] },
    excessive: { boxes: 9, maxVox: [99, 99, 99], blockVox: [99, 99] },
  },
  compose: {
    still: { steps: [{ type: "grey", p: 0 }, { type: "blur", sigma: [0, 0] }] },
  },
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
    augmentations.schema.parse({
      type,
      ...trials[type]?.lively,
      ...options,
    }),
  );
}

/** A patch of which a border of columns is not labelled. */
export function patchOf(shapeVox: Zyx): Sample {
  const sample = makeSample({ shapeVox });
  const width = shapeVox[2];
  sample.mask.forEach((_, i) => sample.mask[i] = i % width < 3 ? 0 : 1);
  return sample;
}

/** A patch that traces where its voxels come from, labelled here and there. */
export function tracedPatch(shapeVox: Zyx): Sample {
  const [, height, width] = shapeVox;
  const sample = patchOf(shapeVox);
  const along = (place: (i: number) => number) =>
    Float32Array.from(sample.image, (_, i) => place(i));
  sample.mask.forEach((_, i) =>
    sample.mask[i] = Math.imul(i + 1, 0x9e3779b1) >>> 31
  );
  return {
    ...sample,
    partners: {
      pairs: [{ preVox: [1, 2, 3], postVox: [1, 4, 9] }],
      from: {
        z: along((i) => Math.floor(i / (height * width))),
        y: along((i) => Math.floor(i / width) % height),
        x: along((i) => i % width),
      },
      fromNm: sample.voxelNm,
    },
  };
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
  { shapeVox, make = patchOf }: {
    readonly shapeVox: Zyx;
    readonly make?: (wideVox: Zyx, marginVox: Zyx) => Sample;
  },
  rng: Rng,
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
