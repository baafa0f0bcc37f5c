import { greyBytes, greyPng, pixelGrid, shrunken } from "@/core/mod.ts";
import type {
  GalleryObject,
  GalleryRecord,
  Recorder,
  Split,
} from "@/record/mod.ts";
import { type Evaluated, inputOf } from "./evaluate.ts";
import { type Bounds, objectsSeen, objectsToShow } from "./objects_seen.ts";

/** Pixels of a side of a picture; larger objects are averaged down to it. */
const sidePixels = 96;

/** Tones of a picture: nobody measures in it, and more look the same. */
const tones = 64;

/** Where a picture of an object lies: a square around it as far as there is one. */
export function windowOf(
  [top, left, bottom, right]: Bounds,
  extentVox: readonly [height: number, width: number],
): Pick<GalleryObject, "centreVox" | "startVox" | "shapeVox"> {
  const longest = Math.max(bottom - top, right - left) + 1;
  const side = sidePixels * Math.ceil(1.25 * longest / sidePixels);
  const along = (low: number, high: number, whole: number) => {
    const length = Math.min(side, whole);
    const start = Math.round((low + high + 1 - length) / 2);
    return [Math.max(0, Math.min(start, whole - length)), length] as const;
  };
  const [y, height] = along(top, bottom, extentVox[0]);
  const [x, width] = along(left, right, extentVox[1]);
  return {
    centreVox: [Math.floor((top + bottom) / 2), Math.floor((left + right) / 2)],
    startVox: [y, x],
    shapeVox: [height, width],
  };
}

/** Records objects of an evaluated volume with their pictures; nothing if there are none. */
export function recordGallery(
  recorder: Pick<Recorder, "artifact">,
  { evaluated, split, most }: {
    readonly evaluated: Evaluated;
    readonly split: Split;
    readonly most: number;
  },
): void {
  const { volume, scores } = evaluated;
  if (most === 0 || typeof scores.threshold !== "number") return;
  const input = { ...inputOf(evaluated), threshold: scores.threshold };
  const seen = objectsSeen(input);
  if (seen.length === 0) return;
  const [, ...extent] = volume.shapeVox;
  const objects = objectsToShow(seen, most).map(({ bounds, ...one }) => ({
    ...one,
    probability: Number.isNaN(one.probability) ? null : one.probability,
    ...windowOf(bounds(), extent),
  }));
  const countOf = (kind: GalleryObject["kind"]) =>
    seen.filter((one) => one.kind === kind).length;
  const record: GalleryRecord = {
    ...{ split, volume: volume.name, voxelNm: volume.voxelNm },
    counts: {
      found: countOf("found"),
      false: countOf("false"),
      missed: countOf("missed"),
    },
    objects,
  };
  const base = `gallery/${split}/${volume.name}`;
  const json = new TextEncoder().encode(JSON.stringify(record));
  recorder.artifact(`${base}.json`, "application/json", json);
  for (const [n, object] of objects.entries()) {
    const png = pictureOf(object, evaluated);
    recorder.artifact(`${base}/${n}.png`, "image/png", png);
  }
}

/** Image, truth and probability beside each other, two white pixels between. */
function pictureOf(
  { z, startVox: [top, left], shapeVox }: Pick<
    GalleryObject,
    "z" | "startVox" | "shapeVox"
  >,
  { volume, patch, probability }: Evaluated,
): Uint8Array {
  const [, height, width] = volume.shapeVox;
  const { blockVox, ...grid } = pixelGrid(shapeVox, sidePixels);
  const gap = 2, wide = 3 * grid.width + 2 * gap;
  const data = new Uint8Array(grid.height * wide).fill(255);
  const first = (z * height + top) * width + left;
  for (
    const [n, values] of [patch.image, patch.target, probability].entries()
  ) {
    const pixels = greyBytes(
      shrunken(values.subarray(first), {
        ...{ ...grid, blockVox, pitchVox: width, keep: "mean" },
      }),
    );
    for (let y = 0; y < grid.height; y++) {
      data.set(
        pixels.subarray(y * grid.width, (y + 1) * grid.width),
        y * wide + n * (grid.width + gap),
      );
    }
  }
  return greyPng({ width: wide, height: grid.height, data }, { tones });
}
