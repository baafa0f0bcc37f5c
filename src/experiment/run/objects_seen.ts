import { labelComponents } from "@/core/mod.ts";
import { type MetricInput, proposalOf, truthOf } from "@/metric/mod.ts";
import type { GalleryObject } from "@/record/mod.ts";

/** An object before its picture is placed. */
export interface ObjectSeen
  extends Pick<GalleryObject, "kind" | "z" | "sections" | "sizeVox"> {
  /** Mean probability of its voxels. */
  readonly probability: number;
  /** The first and the last row and column of its voxels in section `z`. */
  bounds(): Bounds;
}

/** Rows and columns, both ends included. */
export type Bounds = readonly [
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
