import type * as z from "zod";
import type { Component } from "@/core/mod.ts";
import type { Page } from "../page.ts";

/** One part of a report's page. */
export interface Section {
  /** Its place in the page, for links. */
  readonly id: string;
  /** Its heading. */
  readonly title: string;
  /** Its content as a Preact node, or null if these runs have nothing for it. */
  render(page: Page): object | null;
}

/** Defines a report section: its name, its options and its factory in one place. */
export function defineSection<Shape extends z.ZodRawShape>(
  definition: Component<Section, Shape>,
): Component<Section, Shape> {
  return definition;
}
