import * as z from "zod";
import type { Entry } from "@/core/mod.ts";

/** Values out of which validation chooses one. */
interface Sweep {
  readonly sweep: readonly unknown[];
}

/** The most combinations that are tried. */
export const mostChoices = 256;

/** An option that can also be `{ sweep: [a, b, …] }`; default and summary stay. */
export function orSweep(option: z.ZodType): z.ZodType {
  const inner =
    option instanceof z.ZodDefault || option instanceof z.ZodOptional
      ? option.unwrap() as z.ZodType
      : option;
  const either = z.union([
    inner,
    z.strictObject({ sweep: z.array(inner).min(1).max(mostChoices) })
      .meta({ title: "{ sweep: [several of them] }" }),
  ]);
  const whole = option instanceof z.ZodDefault
    ? either.default(option.def.defaultValue)
    : option instanceof z.ZodOptional
    ? either.optional()
    : either;
  return whole.describe(option.description ?? "");
}

function isSweep(value: unknown): value is Sweep {
  return typeof value === "object" && value !== null && "sweep" in value;
}

/** An option that is left to choose. */
export interface SweptOption {
  /** The step, from 0. */
  readonly at: number;
  /** Its option. */
  readonly option: string;
}

/** Where entries leave a choice. */
export function sweptOptions(
  entries: readonly Entry[],
): readonly SweptOption[] {
  return entries.flatMap((entry, at) =>
    Object.entries(entry)
      .filter(([, value]) => isSweep(value))
      .map(([option]) => ({ at, option }))
  );
}

/** How many lists of steps entries stand for. */
export function choiceCount(entries: readonly Entry[]): number {
  return entries.flatMap((entry) => Object.values(entry))
    .reduce<number>((n, v) => isSweep(v) ? n * v.sweep.length : n, 1);
}

/** Every list of steps that entries stand for; the last sweep changes fastest. */
export function choicesOf(
  entries: readonly Entry[],
): readonly (readonly Entry[])[] {
  return entries.reduce<readonly (readonly Entry[])[]>(
    (lists, entry) =>
      lists.flatMap((list) => settledForms(entry).map((one) => [...list, one])),
    [[]],
  );
}

/** An entry with each combination of the values of its sweeps. */
function settledForms(entry: Entry): readonly Entry[] {
  return Object.entries(entry).reduce<readonly Entry[]>(
    (forms, [name, value]) =>
      isSweep(value)
        ? forms.flatMap((form) =>
          value.sweep.map((one) => ({ ...form, [name]: one }))
        )
        : forms,
    [entry],
  );
}

/** The first list of steps that entries stand for. */
export function firstChoice(entries: readonly Entry[]): readonly Entry[] {
  return entries.map((entry) => settledForms(entry)[0]!);
}
