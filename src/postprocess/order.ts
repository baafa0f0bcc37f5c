import type { Entry } from "@/core/mod.ts";
import type { CallStep } from "./_step.ts";
import { steps } from "./catalog.ts";
import { threshold } from "./threshold.ts";

/** A list of steps that is not in order. */
export interface OrderFault {
  /** The step, from 0. */
  readonly at: number;
  /** What is wrong with its place. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/**
 * What is wrong with the order of steps, if anything: those that change
 * probabilities come first, then at most one that calls voxels cleft.
 */
export function orderFault(entries: readonly Entry[]): OrderFault | undefined {
  const stages = entries.map((entry) => steps.create(entry).stage);
  const order = ["probability", "call", "mask"];
  for (let at = 1; at < stages.length; at++) {
    const stage = stages[at]!, before = stages[at - 1]!;
    if (stage === "call" && before === "call") {
      return {
        at,
        message: "the step before says already what is cleft",
        fix: "Remove one of the two",
      };
    }
    if (order.indexOf(stage) < order.indexOf(before)) {
      return {
        at,
        message: "it comes after a step that works with what it makes",
        fix: stage === "call"
          ? "List it before the steps that change what is called cleft"
          : "List it before what calls voxels cleft",
      };
    }
  }
  return undefined;
}

/**
 * Steps with the call among them, which is a threshold where none is listed, and
 * with the threshold that was chosen where the call has none of its own.
 */
export function settledSteps(
  entries: readonly Entry[],
  chosen: number | undefined,
): readonly Entry[] {
  const made = entries.map(steps.create);
  const called = made.some(({ stage }) => stage === "call");
  const first = made.findIndex(({ stage }) => stage === "mask");
  const at = called || first === -1 ? entries.length : first;
  const all = called ? entries : entries.toSpliced(at, 0, {
    type: threshold.name,
  });
  return chosen === undefined || calledAt(all) !== undefined
    ? all
    : calledFrom(all, chosen);
}

/** The same steps that call voxels cleft from another probability on. */
export function calledFrom(
  entries: readonly Entry[],
  threshold: number,
): readonly Entry[] {
  return entries.map((entry) => {
    const step = steps.create(entry);
    return step.stage === "call"
      ? { ...entry, [step.option]: threshold }
      : entry;
  });
}

/** The threshold that steps call by, or undefined where it is yet to be chosen. */
export function calledAt(entries: readonly Entry[]): number | undefined {
  return callOf(entries)?.threshold;
}

/** The step that says what is cleft, if one does. */
export function callOf(entries: readonly Entry[]): CallStep | undefined {
  return entries.map(steps.create).find((step) => step.stage === "call");
}
