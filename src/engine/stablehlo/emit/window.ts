import type { HloValue } from "../value.ts";
import { pairs, wholes } from "./_attributes.ts";
import { combining, neutral, type Reducer } from "./reduce.ts";
import { pad, slice } from "./shape.ts";

/** Windows that move over images `[N, ..., C]`, along one axis of space. */
export interface PoolAxis {
  /** Extent of the image. */
  readonly imageVox: number;
  /** Extent of a window. */
  readonly windowVox: number;
  /** Steps between two windows. */
  readonly stride: number;
  /** How many windows there are. */
  readonly windows: number;
  /** Places before the image. */
  readonly low: number;
  /** Places after the image; less than none if the last voxels are in no window. */
  readonly high: number;
}

/** Windows that move over images, along each axis of space. */
export type Windows = readonly PoolAxis[];

/** Whether each voxel is in exactly one window. */
export function doTile(windows: Windows): boolean {
  return windows.every(({ windowVox, stride, low, high }) =>
    windowVox === stride && low === 0 && high === 0
  );
}

/** One number of each window. */
export function reduceWindows(
  x: HloValue,
  { by, windows }: { readonly by: Reducer; readonly windows: Windows },
): HloValue {
  const [n] = x.shape, c = x.shape.at(-1);
  const ones = wholes(x.shape.map(() => 1));
  const each = (of: (axis: PoolAxis) => number) =>
    wholes([1, ...windows.map(of), 1]);
  const padding = windows.map(({ low, high }) =>
    [low, Math.max(0, high)] as const
  );
  const first = x.lines.splat(
    { shape: [], dtype: x.dtype },
    neutral(by, x.dtype),
  );
  return x.lines.write({
    shape: [n!, ...windows.map((axis) => axis.windows), c!],
    dtype: x.dtype,
  }, {
    operation: "reduce_window",
    operands: [x, first],
    region: combining(by, x.dtype),
    attributes: {
      window_dimensions: each((axis) => axis.windowVox),
      window_strides: each((axis) => axis.stride),
      base_dilations: ones,
      window_dilations: ones,
      padding: pairs([[0, 0], ...padding, [0, 0]]),
    },
  });
}

/** The places of a window, row by row. */
export function placesOf(windows: Windows): (readonly number[])[] {
  return windows.reduce<(readonly number[])[]>(
    (places, { windowVox }) =>
      places.flatMap((place) =>
        Array.from({ length: windowVox }, (_, i) => [...place, i])
      ),
    [[]],
  );
}

/** What is at one place of each window, of images with their margin. */
export function takePlace(
  x: HloValue,
  { windows, place }: {
    readonly windows: Windows;
    readonly place: readonly number[];
  },
): HloValue {
  const [n] = x.shape, c = x.shape.at(-1);
  const last = windows.map((axis, i) =>
    place[i]! + (axis.windows - 1) * axis.stride + 1
  );
  return slice(x, {
    start: [0, ...place, 0],
    end: [n!, ...last, c!],
    steps: [1, ...windows.map(({ stride }) => stride), 1],
  });
}

/** Images with a margin, so that every window lies inside. */
export function withMargin(
  x: HloValue,
  { windows, value }: { readonly windows: Windows; readonly value: number },
): HloValue {
  return pad(x, {
    low: [0, ...windows.map(({ low }) => low), 0],
    high: [0, ...windows.map(({ high }) => Math.max(0, high)), 0],
    value,
  });
}

/** Images that have a number of each window at one place of it, and 0 elsewhere. */
export function putPlace(
  values: HloValue,
  { windows, place }: {
    readonly windows: Windows;
    readonly place: readonly number[];
  },
): HloValue {
  const before = windows.map(({ low }, i) => place[i]! - low);
  const after = windows.map(({ imageVox, windows, stride }, i) =>
    imageVox - before[i]! - (windows - 1) * stride - 1
  );
  return pad(values, {
    low: [0, ...before, 0],
    high: [0, ...after, 0],
    interior: [0, ...windows.map(({ stride }) => stride - 1), 0],
    value: 0,
  });
}

/** How many voxels of the image each window has, along an axis. */
export function voxelsOf(
  { imageVox, windowVox, stride, windows, low }: PoolAxis,
): number[] {
  return Array.from({ length: windows }, (_, i) => {
    const start = i * stride - low;
    return Math.min(start + windowVox, imageVox) - Math.max(start, 0);
  });
}
