import * as z from "zod";
import { positive } from "@/core/mod.ts";
import { targets } from "@/data/mod.ts";
import { losses } from "@/loss/mod.ts";
import { part } from "./part.ts";

/** The terms of a loss. */
export const termsSchema = z.array(losses.schema).min(1).describe(
  "summed, each times its weight",
);

const head = z.strictObject({
  name: z.string().regex(/^(?!level\d)[A-Za-z]\w{0,39}$/).meta({
    title: "a name of at most 40 letters, digits and underscores, not level1",
  }).describe("what records call the head: its terms are <name>/<term>"),
  target: part(targets, "binary").describe("what the head should say"),
  loss: z.strictObject({
    weight: positive(1, "factor of the head's terms in the whole"),
    terms: termsSchema,
  }).describe("what training minimises for the head"),
});

/** What a network says besides clefts. */
export const headsSchema = z.array(head).default([]).superRefine(
  (list, context) => {
    for (const [i, { name }] of list.entries()) {
      if (list.findIndex((other) => other.name === name) === i) continue;
      context.addIssue({
        code: "custom",
        path: [i, "name"],
        message: "another head has this name",
        params: { fix: "Give each head a name of its own" },
      });
    }
  },
).describe(
  "what the network should say besides, so that it learns more; the first head alone, of target and loss, predicts",
);
