import * as z from "zod";
import { whole } from "@/core/mod.ts";
import { part } from "../spec/part.ts";
import { budgets } from "./budget/mod.ts";
import { distributions } from "./distribution/mod.ts";
import { draws } from "./draw/mod.ts";

/** What a file can say of a search, its defaults, and what each key means. */
export const searchSchema = z.strictObject({
  draw: part(draws, "sobol").describe("how trials are spread over the options"),
  budget: part(budgets, "full").describe("how much training trials get"),
  trials: z.int().min(2).max(1000).describe(
    "experiments to try; more of them leave the first ones as they are",
  ),
  seed: whole(
    1,
    "decides what is tried; all random numbers of a trial derive from the experiment's own seed",
  ),
  over: z.record(z.string(), distributions.schema).meta({
    title: "options by their paths, such as { optimizer.learningRate: " +
      "{ type: logUniform, within: [1e-4, 1e-2] } }",
  }).describe("what differs between trials: options by their paths"),
}).describe(
  "experiments to try, whose options are drawn; validation chooses the best, which alone is measured on test volumes",
);

/** A search as a file asks for it, defaults filled. */
export type SearchSpec = z.output<typeof searchSchema>;
