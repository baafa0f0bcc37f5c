import type * as z from "zod";
import type { Component } from "@/core/mod.ts";
import type { Validation } from "../watch.ts";

/**
 * The factor on the learning rate at a step (from 1) of `total` steps, with all
 * validations before it in order. Equal arguments give equal factors, so that a
 * training that goes on after a break takes the same course.
 */
export interface Schedule {
  (step: number, total: number, validations: readonly Validation[]): number;
  /** The number of validations that it watches, if it does. */
  readonly watches?: string;
}

/** Defines a schedule: its name, its options and its factory in one place. */
export function defineSchedule<Shape extends z.ZodRawShape>(
  definition: Component<Schedule, Shape>,
): Component<Schedule, Shape> {
  return definition;
}
