import {
  along,
  concatenate,
  reshape,
  reverse,
  sliceAlong,
} from "../emit/shape.ts";
import type { HloValue } from "../value.ts";
import type { Lowerings } from "./_lowering.ts";

/** Operations that repeat numbers, or turn them around. */
export const repeatLowerings: Lowerings = {
  MirrorPad(operation) {
    const [x] = operation.inputs, sides = operation.numbers(1);
    // Whether the outermost numbers are not repeated themselves.
    const skips = operation.word("mode") === "REFLECT" ? 1 : 0;
    return x!.shape.reduce((y, extent, axis) => {
      const [before, after] = [sides[2 * axis]!, sides[2 * axis + 1]!];
      const mirrored = (start: number, count: number) =>
        reverse(sliceAlong(y, { axis, start, end: start + count }), [axis]);
      return concatenate([
        ...before > 0 ? [mirrored(skips, before)] : [],
        y,
        ...after > 0 ? [mirrored(extent - skips - after, after)] : [],
      ], axis);
    }, x!);
  },

  ReverseV2: (operation) => reverse(operation.inputs[0]!, operation.axes(1)),

  Tile(operation) {
    const [x] = operation.inputs, times = operation.numbers(1);
    return times.every((n) => n === 1) ? x! : tiled(x!, times);
  },
};

/** The whole value as often as told along each axis. */
function tiled(x: HloValue, times: readonly number[]): HloValue {
  const repeated = along(x, {
    shape: x.shape.flatMap((extent, axis) => [times[axis]!, extent]),
    axes: x.shape.map((_, axis) => 2 * axis + 1),
  });
  return reshape(
    repeated,
    x.shape.map((extent, axis) => extent * times[axis]!),
  );
}
