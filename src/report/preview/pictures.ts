import {
  greyBytes,
  greyPng,
  type Patch,
  type PixelGrid,
  pixelGrid,
  sectionsOf,
  shrunken,
  type Zyx,
} from "@/core/mod.ts";

/** The longest side of a picture in pixels; larger patches are averaged down. */
const mostPixels = 192;

/** Sections of a patch that are shown at most, from its middle. */
const mostSections = 12;

/** A patch as two PNG files, its sections one below the other. */
export interface PatchPictures {
  /** Grey values. */
  readonly image: Uint8Array;
  /** 255 cleft, 64 unlabelled, 0 elsewhere. */
  readonly labels: Uint8Array;
}

/** Which sections of a patch are shown, and how large. */
export interface PictureShape extends PixelGrid {
  /** The first one, from 0. */
  readonly firstSection: number;
  /** How many. */
  readonly sections: number;
}

/** How patches of an extent are shown. */
export function pictureShape([depth, height, width]: Zyx): PictureShape {
  const sections = Math.min(depth, mostSections);
  return {
    firstSection: Math.floor((depth - sections) / 2),
    sections,
    ...pixelGrid([height, width], mostPixels),
  };
}

/** The place of a section among those that are shown, or of the nearest one. */
export function shownSection(
  section: number,
  { firstSection, sections }: PictureShape,
): number {
  return Math.min(sections - 1, Math.max(0, section - firstSection));
}

/** Draws a patch: grey values averaged, a pixel labelled where a voxel is. */
export function drawPatch(patch: Patch): PatchPictures {
  const { firstSection, sections, ...grid } = pictureShape(patch.shapeVox);
  const shown = (array: Float32Array | Uint8Array, keep: "mean" | "largest") =>
    [...sectionsOf(array, patch.shapeVox)]
      .slice(firstSection, firstSection + sections)
      .map((section) => shrunken(section, { ...grid, keep }));
  const labels = patch.target.map((label, i) =>
    patch.mask[i] === 0 ? 64 : label * 255
  );
  return {
    image: stacked(shown(patch.image, "mean").map(greyBytes), grid),
    labels: stacked(
      shown(labels, "largest").map((pixels) => Uint8Array.from(pixels)),
      grid,
    ),
  };
}

/** Sections one below the other as a PNG. */
function stacked(
  sections: readonly Uint8Array[],
  { height, width }: PixelGrid,
): Uint8Array {
  const data = new Uint8Array(sections.length * height * width);
  for (const [z, section] of sections.entries()) {
    data.set(section, z * height * width);
  }
  const shape = { width, height: sections.length * height };
  return greyPng({ ...shape, data });
}
