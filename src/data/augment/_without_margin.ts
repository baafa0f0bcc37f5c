import {
  type Box,
  cropArray,
  mapZyx,
  type Sample,
  type Zyx,
} from "@/core/mod.ts";
import { tracedBy } from "./_traced.ts";

/**
 * A sample without the context around it. The image is always a copy; target and
 * mask are the sample's own where there is no context.
 */
export function withoutMargin(sample: Sample, marginVox: Zyx): Sample {
  const { image, target, mask, shapeVox: wide, inside } = sample;
  if (marginVox.every((n) => n === 0)) {
    return { ...sample, image: image.slice() };
  }
  const shapeVox = mapZyx((axis) => wide[axis] - 2 * marginVox[axis]);
  const box = { startVox: marginVox, shapeVox };
  return {
    ...sample,
    image: cropArray(image, wide, box),
    target: cropArray(target, wide, box),
    mask: cropArray(mask, wide, box),
    ...tracedBy(sample, (values) => cropArray(values, wide, box)),
    shapeVox,
    inside: boxWithin(inside, box),
  };
}

/** What two boxes share, counted from the first voxel of the second. */
export function boxWithin(box: Box, within: Box): Box {
  const clamped = (axis: 0 | 1 | 2, vox: number) =>
    Math.min(Math.max(vox - within.startVox[axis], 0), within.shapeVox[axis]);
  const startVox = mapZyx((axis) => clamped(axis, box.startVox[axis]));
  return {
    startVox,
    shapeVox: mapZyx((axis) =>
      clamped(axis, box.startVox[axis] + box.shapeVox[axis]) - startVox[axis]
    ),
  };
}
