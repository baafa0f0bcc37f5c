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

/** What is stated for one axis of the value, or of the result where it is new. */
interface Stated {
  readonly kind: "range" | "one" | "new";
  /** Where it begins; from the far end if negative, all the way if not known. */
  readonly start?: number;
  /** Where it ends, likewise. */
  readonly end?: number;
  readonly step: number;
}

/** What becomes of each axis, and which axes of the result are new. */
function cutsOf(operation: Operation): { cuts: Cut[]; newAxes: number[] } {
  const [x] = operation.inputs, stated = statedOf(operation);
  const cuts = stated.filter(({ kind }) => kind !== "new")
    .map((one, axis) => cutOf(one, x!.shape[axis]!));
  const newAxes = stated.filter(({ kind }) => kind !== "one")
    .flatMap(({ kind }, axis) => kind === "new" ? [axis] : []);
  return { cuts, newAxes };
}

/** What is stated, with an entry for each axis. */
function statedOf(operation: Operation): Stated[] {
  const [starts, ends, steps] = [1, 2, 3].map((i) => operation.numbers(i));
  const isIn = (mask: string, i: number) =>
    (operation.number(mask, 0) >> i & 1) === 1;
  const groups = starts!.map((start, i): "rest" | Stated => {
    if (isIn("ellipsis_mask", i)) return "rest";
    if (isIn("new_axis_mask", i)) return { kind: "new", step: 1 };
    if (isIn("shrink_axis_mask", i)) return { kind: "one", start, step: 1 };
    return {
      kind: "range",
      ...isIn("begin_mask", i) ? {} : { start },
      ...isIn("end_mask", i) ? {} : { end: ends![i]! },
      step: steps![i]!,
    };
  });
  if (!groups.includes("rest")) groups.push("rest");
  const named = groups.filter((one) => one !== "rest" && one.kind !== "new");
  const others = operation.inputs[0]!.shape.length - named.length;
  const whole: Stated = { kind: "range", step: 1 };
  return groups.flatMap((one) =>
    one === "rest" ? Array<Stated>(others).fill(whole) : [one]
  );
}

/** What a statement comes to on an axis of some extent. */
function cutOf({ kind, start, end, step }: Stated, extent: number): Cut {
  const counted = (at: number) => at < 0 ? at + extent : at;
  if (kind === "one") {
    const at = counted(start!);
    return { start: at, end: at + 1, step, goes: true };
  }
  const [first, last] = step > 0 ? [0, extent] : [extent - 1, -1];
  const within = (at: number) =>
    Math.min(
      Math.max(counted(at), Math.min(first, last)),
      Math.max(first, last),
    );
  return {
    start: start === undefined ? first : within(start),
    end: end === undefined ? last : within(end),
    step,
    goes: false,
  };
}
