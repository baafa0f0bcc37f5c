import type * as z from "zod";
import type { Component } from "@/core/mod.ts";

/** What an option can be in a search, and how likely. */
export interface Distribution {
  /** The value below which a share of the trials lies, from 0 to below 1. */
  at(share: number): unknown;
}

/** Defines a distribution: its name, its options and its factory in one place. */
export function defineDistribution<Shape extends z.ZodRawShape>(
  definition: Component<Distribution, Shape>,
): Component<Distribution, Shape> {
  return definition;
}
