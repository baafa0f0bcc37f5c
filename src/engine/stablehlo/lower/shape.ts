import {
  concatenate,
  pad,
  reshape,
  slice,
  sliceAlong,
  stack,
  stretch,
  transpose,
} from "../emit/shape.ts";
import type { Operation } from "../operation.ts";
import { sizeOfValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Operations that move numbers and leave them as they are. */
export const shapeLowerings: Lowerings = {
  BroadcastTo: (operation) =>
    stretch(operation.inputs[0]!, operation.numbers(1)),

  ConcatV2(operation) {
    const parts = operation.inputs.slice(0, -1);
    const [axis] = operation.axes(parts.length);
    return concatenate(parts, axis!);
  },

  ExpandDims(operation) {
    const [x] = operation.inputs, { length: rank } = x!.shape;
    const [axis] = operation.axes(1, rank + 1);
    return reshape(x!, x!.shape.toSpliced(axis!, 0, 1));
  },

  Fill: (operation) => stretch(operation.inputs[1]!, operation.numbers(0)),

  Pack(operation) {
    const { inputs } = operation, rank = inputs[0]!.shape.length;
    return stack(inputs, axisAttribute(operation, rank + 1));
  },

  Pad: (operation) => padded(operation),
  PadV2: (operation) => padded(operation),

  Reshape(operation) {
    const [x] = operation.inputs, stated = operation.numbers(1);
    const known = stated.filter((n) => n >= 0).reduce((a, b) => a * b, 1);
    return reshape(x!, stated.map((n) => n < 0 ? sizeOfValue(x!) / known : n));
  },

  Slice(operation) {
    const [x] = operation.inputs, start = operation.numbers(1);
    const end = operation.numbers(2).map((size, i) =>
      size < 0 ? x!.shape[i]! : start[i]! + size
    );
    return slice(x!, { start, end });
  },

  SplitV(operation) {
    const [x] = operation.inputs, [axis] = operation.axes(2);
    let end = 0;
    return operation.numbers(1).map((size) =>
      sliceAlong(x!, { axis: axis!, start: end, end: end += size })
    );
  },

  Squeeze(operation) {
    const [x] = operation.inputs, { length: rank } = x!.shape;
    const axes = operation.attribute<number[]>("squeeze_dims", [])
      .map((axis) => axis < 0 ? axis + rank : axis);
    const goes = (extent: number, axis: number) =>
      axes.length === 0 ? extent === 1 : axes.includes(axis);
    return reshape(x!, x!.shape.filter((extent, i) => !goes(extent, i)));
  },

  Transpose: (operation) =>
    transpose(operation.inputs[0]!, operation.numbers(1)),

  Unpack(operation) {
    const [x] = operation.inputs;
    const axis = axisAttribute(operation, x!.shape.length);
    return Array.from({ length: operation.outputs }, (_, i) =>
      reshape(
        sliceAlong(x!, { axis, start: i, end: i + 1 }),
        x!.shape.toSpliced(axis, 1),
      ));
  },
};

function padded(operation: Operation) {
  const [x, , value] = operation.inputs, sides = operation.numbers(1);
  return pad(x!, {
    low: sides.filter((_, i) => i % 2 === 0),
    high: sides.filter((_, i) => i % 2 === 1),
    value: value ? reshape(value, []) : 0,
  });
}

function axisAttribute(operation: Operation, rank: number): number {
  const axis = operation.attribute("axis", 0);
  return axis < 0 ? axis + rank : axis;
}
