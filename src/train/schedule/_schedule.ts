import type * as z from "zod";
import type { Component } from "@/core/mod.ts";

/** The factor on the learning rate at a step (from 1) of `total` steps. */
export type Schedule = (step: number, total: number) => number;

/** Defines a schedule: its name, its options and its factory in one place. */
export function defineSchedule<Shape extends z.ZodRawShape>(
  definition: Component<Schedule, Shape>,
): Component<Schedule, Shape> {
  return definition;
}
