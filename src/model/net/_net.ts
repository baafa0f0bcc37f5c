import type * as z from "zod";
import type { Component, Zyx } from "@/core/mod.ts";
import type { Parts } from "../compose.ts";
import type { NetFlow, NetResult } from "../flow.ts";

/** What a network is to say. */
export interface NetOutputs {
  /** Numbers said of each voxel, those of the primary head first; at least 1. */
  readonly heads: number;
  /** Coarser levels of the decoder that say them too (deep supervision, L13). */
  readonly levels: number;
}

/**
 * A network: its parts, each under its name, and the way that an image takes
 * through them. Its weights, what it computes, and its stops follow from both.
 */
export interface Net {
  /** Channels of the features that its finest logits are read from. */
  readonly channels: number;
  /** Windows by which grids become coarser, finest first; patches divide by them. */
  readonly poolsVox: readonly Zyx[];
  /** Whether training computes its features again in place of keeping them. */
  readonly isRecomputed: boolean;
  /** Networks that it is built on; their weights come first. */
  readonly bases?: Readonly<Record<string, Net>>;
  /** Its parts in the order of their weights. */
  readonly parts: Parts;
  /** Leads an image `[N, D, H, W, 1]`, borrowed, to its logits. */
  lead<F>(flow: NetFlow<F>, image: F): NetResult<F>;
}

/**
 * Builds a network for what it is to say.
 *
 * @throws {ExperimentError} If it has fewer levels; says how many it has.
 */
export type NetBuilder = (outputs: NetOutputs) => Net;

/** Defines a network: its name, its options and its factory in one place. */
export function defineNet<Shape extends z.ZodRawShape>(
  definition: Component<NetBuilder, Shape>,
): Component<NetBuilder, Shape> {
  return definition;
}
