import { encode } from "fast-png";
import type { Patch, Zyx } from "@/core/mod.ts";

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
export interface PictureShape {
  /** The first one, from 0. */
  readonly firstSection: number;
  /** How many. */
  readonly sections: number;
  /** Pixels along y. */
  readonly height: number;
  /** Pixels along x. */
  readonly width: number;
  /** Voxels along a side of a pixel. */
  readonly step: number;
}

/** How patches of an extent are shown. */
export function pictureShape([depth, height, width]: Zyx): PictureShape {
  const sections = Math.min(depth, mostSections);
  const step = Math.ceil(Math.max(height, width) / mostPixels);
  return {
    firstSection: Math.floor((depth - sections) / 2),
    sections,
    height: Math.floor(height / step),
    width: Math.floor(width / step),
    step,
  };
}

/** Draws a patch: grey values averaged, a pixel labelled where a voxel is. */
export function drawPatch(patch: Patch): PatchPictures {
  const shape = pictureShape(patch.shapeVox);
  const { sections, height, width, step } = shape;
  const image = new Uint8Array(sections * height * width);
  const labels = new Uint8Array(image.length);
  const [, rows, columns] = patch.shapeVox;
  let at = 0;
  for (let k = 0; k < sections; k++) {
    const section = (shape.firstSection + k) * rows;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        let sum = 0, label = 0;
        for (let dy = 0; dy < step; dy++) {
          let i = (section + y * step + dy) * columns + x * step;
          for (const end = i + step; i < end; i++) {
            sum += patch.image[i]!;
            const here = patch.mask[i] === 0 ? 64 : patch.target[i]! * 255;
            if (here > label) label = here;
          }
        }
        image[at] = Math.round(255 * Math.min(1, Math.max(0, sum / step ** 2)));
        labels[at] = label;
      }
    }
  }
  const png = (data: Uint8Array) =>
    encode({ width, height: sections * height, data, channels: 1, depth: 8 });
  return { image: png(image), labels: png(labels) };
}
