import type { Plan } from "../plan/mod.ts";
import type { Rung } from "./budget/mod.ts";

/** What makes the variants of a file trials of a search. */
export interface Search {
  /** How they are drawn, by name. */
  readonly draw: string;
  /** What decides which values are drawn. */
  readonly seed: number;
  /** How far trials train before they are compared, and how many go on. */
  readonly rungs: readonly Rung[];
  /**
   * What each trial comes to if it is chosen, in their order: the same training,
   * measured on the test volumes too, and handed in.
   */
  readonly chosen: readonly Plan[];
}
