import type { Target } from "@/data/mod.ts";
import type { LossTerm } from "@/loss/mod.ts";
import type { Network } from "@/model/mod.ts";
import type { Averaging } from "./averaging/mod.ts";
import type { Clip } from "./clip.ts";
import type { Optimizer } from "./optimizer/mod.ts";

/** What the loss of a batch is made of. */
export interface LossParts {
  /** The network. */
  readonly network: Network;
  /** What each head learns, the primary one first. */
  readonly targets: readonly Pick<
    Target,
    "coarsening" | "values" | "quantity"
  >[];
  /** The terms of the loss. */
  readonly terms: readonly LossTerm[];
}

/** What a training step is made of. */
export interface StepParts extends LossParts {
  /** How the weights follow the gradient. */
  readonly optimizer: Optimizer;
  /** Bounds of the gradient; none by default. */
  readonly clip?: Clip | undefined;
  /** Whether the gradient's length is told; not by default. */
  readonly tellsNorm?: boolean;
  /** Batches whose mean gradient a step follows; 1 by default. */
  readonly accumulate?: number;
  /** The mean of the weights that is kept besides; none by default. */
  readonly averaging?: Averaging | null;
}
