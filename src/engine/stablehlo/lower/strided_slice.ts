import { reshape, reverse, slice } from "../emit/shape.ts";
import type { Operation } from "../operation.ts";
import type { Lowerings } from "./_lowering.ts";

/** What is taken of one axis, and whether it goes. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly goes: boolean;
}

/** Parts of a value that are stated axis by axis, as in Python. */
export const stridedSliceLowerings: Lowerings = {
  StridedSlice(operation) {
    const [x] = operation.inputs, { cuts, newAxes } = cutsOf(operation);
    const ordered = cuts.map(inOrder);
    const part = slice(x!, {
      start: ordered.map(({ start }) => start),
      end: ordered.map(({ end }) => end),
      steps: ordered.map(({ step }) => step),
    });
    const turned = cuts.flatMap(({ step }, axis) => step < 0 ? [axis] : []);
    const kept = part.shape.filter((_, axis) => !cuts[axis]!.goes);
    const shape = newAxes.reduce((s, axis) => s.toSpliced(axis, 0, 1), kept);
    return reshape(turned.length > 0 ? reverse(part, turned) : part, shape);
  },
};

/** The same places from the first to the last. */
function inOrder(cut: Cut): Cut {
  const { start, end, step } = cut;
  if (step > 0) return { ...cut, end: Math.max(start, end) };
  const last = Math.ceil((start - end) / -step) - 1; // how many follow the first
  if (last < 0) return { ...cut, start: 0, end: 0, step: 1 };
  return { ...cut, start: start + last * step, end: start + 1, step: -step };
}

/** What becomes of each axis, and which axes of the result are new. */
function cutsOf(
  operation: Operation,
): { cuts: Cut[]; newAxes: number[] } {
  const [x] = operation.inputs, { length: rank } = x!.shape;
  const [starts, ends, steps] = [1, 2, 3].map((i) => operation.numbers(i));
  const isIn = (mask: string) => {
    const bits = operation.number(mask, 0);
    return (i: number) => (bits >> i & 1) === 1;
  };
  const [isEllipsis, isNew, isOpenStart, isOpenEnd, isShrunk] = [
    "ellipsis_mask",
    "new_axis_mask",
    "begin_mask",
    "end_mask",
    "shrink_axis_mask",
  ].map(isIn);
  const cuts: Cut[] = [], newAxes: number[] = [];
  const whole = () =>
    cuts.push({ start: 0, end: x!.shape[cuts.length]!, step: 1, goes: false });
  const place = () => cuts.filter(({ goes }) => !goes).length + newAxes.length;
  const named = starts!.filter((_, i) => !isEllipsis!(i) && !isNew!(i)).length;
  starts!.forEach((start, i) => {
    if (isEllipsis!(i)) { for (let k = named; k < rank; k++) whole(); }
    else if (isNew!(i)) newAxes.push(place());
    else {
      const extent = x!.shape[cuts.length]!, step = steps![i]!;
      const [first, end] = step > 0 ? [0, extent] : [extent - 1, -1];
      const within = (value: number) => {
        const counted = value < 0 ? value + extent : value;
        return step > 0
          ? Math.min(Math.max(counted, 0), extent)
          : Math.min(Math.max(counted, -1), extent - 1);
      };
      if (isShrunk!(i)) {
        const at = start < 0 ? start + extent : start;
        cuts.push({ start: at, end: at + 1, step: 1, goes: true });
        return;
      }
      cuts.push({
        start: isOpenStart!(i) ? first! : within(start),
        end: isOpenEnd!(i) ? end! : within(ends![i]!),
        step,
        goes: false,
      });
    }
  });
  while (cuts.length < rank) whole();
  return { cuts, newAxes };
}
