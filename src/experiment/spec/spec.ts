import type * as z from "zod";
import type { Frozen } from "./freeze.ts";
import type { specSchema } from "./spec_schema.ts";

/**
 * A validated experiment: every default filled, deeply frozen. What each key
 * means stands in the schema.
 */
export type Spec = Frozen<z.output<typeof specSchema>>;

/** How long and by what means to train. */
export type TrainSpec = Spec["train"];
