import type * as z from "zod";
import type { Component } from "@/core/mod.ts";
import type { Layer } from "../../_layer.ts";

/** Builds a layer that weighs features of so many channels by what they say. */
export type Excitation = (channels: number) => Layer;

/** Defines a kind of excitation: its name, options and factory in one place. */
export function defineExcitation<Shape extends z.ZodRawShape>(
  definition: Component<Excitation, Shape>,
): Component<Excitation, Shape> {
  return definition;
}
