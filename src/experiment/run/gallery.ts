import { encode } from "fast-png";
import { greyBytes, labelComponents, pixelGrid, shrunken } from "@/core/mod.ts";
import { type MetricInput, proposalOf, truthOf } from "@/metric/mod.ts";
import type {
  GalleryObject,
  GalleryRecord,
  Recorder,
  Split,
} from "@/record/mod.ts";
import { type Evaluated, inputOf } from "./evaluate.ts";

/** Pixels of a side of a picture; larger objects are averaged down to it. */
const sidePixels = 96;

/** An object before its picture is placed. */
export interface ObjectSeen
  extends Pick<GalleryObject, "kind" | "z" | "sections" | "sizeVox"> {
  /** Mean probability of its voxels. */
  readonly probability: number;
  /** The first and the last row and column of its voxels in section `z`. */
  bounds(): Bounds;
}

/** Rows and columns, both ends included. */
type Bounds = readonly [
  top: number,
  left: number,
  bottom: number,
  right: number,
];

/**
 * Every object of a volume: clefts that are found or missed, and what is falsely
 * called so, each kind in the order of first voxels. Corners connect.
 */
export function objectsSeen(
  input: MetricInput & { readonly threshold: number },
): readonly ObjectSeen[] {
  const truth = truthOf(input), called = proposalOf(input, input.threshold);
  return [
    ...componentsIn(truth, { other: called, input })
      .map(({ isTouched, ...one }) => ({
        kind: isTouched ? "found" as const : "missed" as const,
        ...one,
      })),
    ...componentsIn(called, { other: truth, input })
      .filter(({ isTouched }) => !isTouched)
      .map(({ isTouched: _, ...one }) => ({ kind: "false" as const, ...one })),
  ];
}

function componentsIn(
  mask: Uint8Array,
  { other, input: { probability, shapeVox } }: {
    readonly other: Uint8Array;
    readonly input: Pick<MetricInput, "probability" | "shapeVox">;
  },
) {
  const { labels, count } = labelComponents(mask, shapeVox, 26);
  const [, height, width] = shapeVox, area = height * width;
  const found = Array.from(
    { length: count },
    () => ({ size: 0, sum: 0, first: Infinity, last: 0, isTouched: false }),
  );
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) continue;
    const one = found[labels[i]! - 1]!, z = Math.floor(i / area);
    one.size++;
    one.sum += probability[i]!;
    one.first = Math.min(one.first, z);
    one.last = z;
    if (other[i]) one.isTouched = true;
  }
  return found.map(({ size, sum, first, last, isTouched }, n) => {
    const z = Math.floor((first + last) / 2);
    const section = labels.subarray(z * area, (z + 1) * area);
    return {
      ...{ isTouched, z, sections: last - first + 1, sizeVox: size },
      probability: sum / size,
      bounds: () => boundsOf(section, { label: n + 1, width }),
    };
  });
}

function boundsOf(
  section: Int32Array,
  { label, width }: { readonly label: number; readonly width: number },
): Bounds {
  let top = Infinity, left = Infinity, bottom = 0, right = 0;
  for (let i = section.indexOf(label); i < section.length; i++) {
    if (section[i] !== label) continue;
    const y = Math.floor(i / width), x = i % width;
    top = Math.min(top, y);
    bottom = y;
    left = Math.min(left, x);
    right = Math.max(right, x);
  }
  return [top, left, bottom, right];
}

/**
 * The objects worth a picture, at most so many of each kind: of those found the
 * least sure, of the others the largest; ties in order.
 */
export function objectsToShow(
  seen: readonly ObjectSeen[],
  most: number,
): readonly ObjectSeen[] {
  const ofKind = (kind: ObjectSeen["kind"]) =>
    seen.filter((one) => one.kind === kind);
  const largest = (kind: ObjectSeen["kind"]) =>
    ofKind(kind).toSorted((a, b) => b.sizeVox - a.sizeVox).slice(0, most);
  return [
    ...ofKind("found").toSorted((a, b) => a.probability - b.probability)
      .slice(0, most),
    ...largest("false"),
    ...largest("missed"),
  ];
}

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
  const countOf = (kind: ObjectSeen["kind"]) =>
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
  return encode({
    width: wide,
    height: grid.height,
    data,
    channels: 1,
    depth: 8,
  });
}
