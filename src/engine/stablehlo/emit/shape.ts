import { type HloValue, sizeOfValue } from "../value.ts";
import { whole, wholes } from "./_attributes.ts";

/** A part of a tensor, along every axis. */
export interface Part {
  /** Where it begins. */
  readonly start: readonly number[];
  /** Where it ends; this place is outside. */
  readonly end: readonly number[];
  /** Steps between two places; 1 each by default. */
  readonly steps?: readonly number[];
}

/** What lies around the numbers of a tensor and between them, along every axis. */
export interface Padding {
  /** Places before the first; less than none cuts. */
  readonly low: readonly number[];
  /** Places after the last; less than none cuts. */
  readonly high: readonly number[];
  /** Places between two neighbours; none by default. */
  readonly interior?: readonly number[];
  /** What is there; a number, or a value of no axes. */
  readonly value: number | HloValue;
}

/** The shape of what comes of shapes of which extents of 1 are repeated. */
export function joinedShape(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, axis) => {
    const extents = shapes.map((shape) =>
      shape[axis - rank + shape.length] ?? 1
    );
    const extent = extents.find((n) => n !== 1) ?? 1;
    if (extents.every((n) => n === 1 || n === extent)) return extent;
    throw new RangeError(
      `Cannot combine shapes ${shapes.map((s) => `[${s}]`).join(" and ")}`,
    );
  });
}

/** Repeats a value along axes where it has an extent of 1, or before its first. */
export function stretch(x: HloValue, shape: readonly number[]): HloValue {
  if (isSame(x.shape, shape)) return x;
  const before = shape.length - x.shape.length;
  const axes = x.shape.flatMap((extent, i) =>
    extent === shape[i + before] ? [i] : []
  );
  const thin = reshape(x, axes.map((i) => x.shape[i]!));
  return along(thin, { shape, axes: axes.map((i) => i + before) });
}

/** Repeats a value whose axes become those of a larger one. */
export function along(
  x: HloValue,
  { shape, axes }: {
    readonly shape: readonly number[];
    readonly axes: readonly number[];
  },
): HloValue {
  return x.lines.write({ shape, dtype: x.dtype }, {
    operation: "broadcast_in_dim",
    operands: [x],
    attributes: { broadcast_dimensions: wholes(axes) },
  });
}

/** The same numbers in the same order in another shape. */
export function reshape(x: HloValue, shape: readonly number[]): HloValue {
  if (isSame(x.shape, shape)) return x;
  if (sizeOfValue(x) !== sizeOfValue({ ...x, shape })) {
    throw new RangeError(`Cannot reshape [${x.shape}] to [${shape}]`);
  }
  return x.lines.write({ shape, dtype: x.dtype }, {
    operation: "reshape",
    operands: [x],
  });
}

/** A part of a value. */
export function slice(
  x: HloValue,
  { start, end, steps = start.map(() => 1) }: Part,
): HloValue {
  const shape = start.map((first, i) =>
    Math.max(0, Math.ceil((end[i]! - first) / steps[i]!))
  );
  const isWhole = isSame(shape, x.shape);
  if (isWhole) return x;
  return x.lines.write({ shape, dtype: x.dtype }, {
    operation: "slice",
    operands: [x],
    attributes: {
      start_indices: wholes(start),
      limit_indices: wholes(end),
      strides: wholes(steps),
    },
  });
}

/** A part of a value along one axis; `end` lies outside. */
export function sliceAlong(
  x: HloValue,
  { axis, start, end }: {
    readonly axis: number;
    readonly start: number;
    readonly end: number;
  },
): HloValue {
  const replaced = (list: readonly number[], value: number) =>
    list.map((old, i) => i === axis ? value : old);
  return slice(x, {
    start: replaced(x.shape.map(() => 0), start),
    end: replaced(x.shape, end),
  });
}

/** Values one after another along an axis. */
export function concatenate(
  values: readonly HloValue[],
  axis: number,
): HloValue {
  const [first] = values;
  if (values.length === 1) return first!;
  const extent = values.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const shape = first!.shape.map((n, i) => i === axis ? extent : n);
  return first!.lines.write({ shape, dtype: first!.dtype }, {
    operation: "concatenate",
    operands: values,
    attributes: { dimension: whole(axis) },
  });
}

/** Values side by side along a new axis. */
export function stack(values: readonly HloValue[], axis: number): HloValue {
  return concatenate(
    values.map((x) => reshape(x, x.shape.toSpliced(axis, 0, 1))),
    axis,
  );
}

/** A value with places around and between its numbers. */
export function pad(
  x: HloValue,
  { low, high, interior = low.map(() => 0), value }: Padding,
): HloValue {
  if ([...low, ...high, ...interior].every((n) => n === 0)) return x;
  const shape = x.shape.map((extent, i) =>
    low[i]! + extent + Math.max(0, extent - 1) * interior[i]! + high[i]!
  );
  const filling = typeof value === "number"
    ? x.lines.splat({ shape: [], dtype: x.dtype }, value)
    : value;
  return x.lines.write({ shape, dtype: x.dtype }, {
    operation: "pad",
    operands: [x, filling],
    attributes: {
      edge_padding_low: wholes(low),
      edge_padding_high: wholes(high),
      interior_padding: wholes(interior),
    },
  });
}

/** A value with its axes in another order. */
export function transpose(x: HloValue, order: readonly number[]): HloValue {
  if (order.every((axis, i) => axis === i)) return x;
  const shape = order.map((axis) => x.shape[axis]!);
  return x.lines.write({ shape, dtype: x.dtype }, {
    operation: "transpose",
    operands: [x],
    attributes: { permutation: wholes(order) },
  });
}

/** A value turned around along some axes. */
export function reverse(x: HloValue, axes: readonly number[]): HloValue {
  if (axes.every((axis) => x.shape[axis] === 1)) return x;
  return x.lines.write(x, {
    operation: "reverse",
    operands: [x],
    attributes: { dimensions: wholes(axes) },
  });
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, i) => extent === b[i]);
}
