import type { Fault, Zyx } from "@/core/mod.ts";
import type { EngineRequest } from "@/engine/mod.ts";
import type { Spec } from "../spec/mod.ts";

/** A network with its weights, and what applies it: plain values. */
export interface AppliedNetwork {
  /** Says the network and what its heads learn. */
  readonly spec: Spec;
  /** The number of the head that is read. */
  readonly head: number;
  /** The trained weights end to end, `[P]`. */
  readonly weights: Float32Array;
  /** The buffers and frozen weights end to end, `[B]`. */
  readonly buffers: Float32Array;
  /** The engine, which has one thread. */
  readonly engine: Pick<EngineRequest, "engine" | "precision" | "eager">;
}

/** What a thread is told: first the network, then tiles, at last to end. */
export type Request =
  | { readonly network: AppliedNetwork }
  | {
    readonly id: number;
    readonly image: Float32Array;
    readonly shapeVox: Zyx;
  }
  | { readonly end: true };

/** What a thread answers for tiles, or when it has ended. */
export type Answer =
  | { readonly id: number; readonly said: Float32Array }
  | { readonly id: number; readonly fault: Fault }
  | { readonly ended: true };
