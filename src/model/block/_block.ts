import type * as z from "zod";
import type { Component } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import type { Activation } from "../activation.ts";
import type { Norm } from "../norm/mod.ts";
import type { ConvShape } from "../unit.ts";

/** Where a block stands in a network. */
export interface BlockPlace extends ConvShape {
  /** The network's normalisation. */
  readonly norm: Norm;
  /** The network's activation. */
  readonly activate: Activation;
  /** The level, finest 0; each is about half as fine as the one before. */
  readonly level: number;
  /**
   * What a block does last to the features that it adds to those it keeps, or
   * to its result if it keeps none: squeeze-and-excitation, dropout.
   */
  readonly refine?: Layer | undefined;
}

/** Builds the layer of one level. */
export type Block = (place: BlockPlace) => Layer;

/** Defines a block: its name, its options and its factory in one place. */
export function defineBlock<Shape extends z.ZodRawShape>(
  definition: Component<Block, Shape>,
): Component<Block, Shape> {
  return definition;
}
