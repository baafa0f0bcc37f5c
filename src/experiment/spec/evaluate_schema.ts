import * as z from "zod";
import { deciding, whole } from "@/core/mod.ts";
import { everyOutput, metrics } from "@/metric/mod.ts";
import {
  choiceCount,
  firstChoice,
  mostChoices,
  orderFault,
  steps,
} from "@/postprocess/mod.ts";
import { partnersSchema } from "./partners_schema.ts";

/** The steps from a prediction to what is called cleft. */
export const postprocessSchema = z.array(steps.schema).superRefine(
  (list, context) => {
    const fault = orderFault(firstChoice(list));
    if (fault) {
      const { at, message, fix } = fault;
      const path = [at, "type"];
      context.addIssue({ code: "custom", path, message, params: { fix } });
    }
    const choices = choiceCount(list);
    if (choices > mostChoices) {
      context.addIssue({
        code: "custom",
        message: `its sweeps have ${choices} combinations`,
        params: { fix: `Leave at most ${mostChoices}` },
      });
    }
  },
).default([]).describe(
  "what is called cleft of a prediction before it is measured, step by step; { sweep: [a, b] } in place of a value lets validation choose",
);

const metric = z.union([
  z.enum(metrics.components.map(({ name }) => name)),
  metrics.schema,
]).transform(
  (one) => typeof one === "string" ? metrics.schema.parse({ type: one }) : one,
);

/** Two entries of one metric would give numbers of the same names. */
const metricList = z.array(metric).min(1).superRefine((list, context) => {
  for (const [i, { type }] of list.entries()) {
    if (list.findIndex((other) => other.type === type) === i) continue;
    context.addIssue({
      code: "custom",
      path: [i],
      message: "the metric is listed before",
      params: { fix: "Remove one of the two" },
    });
  }
}).prefault(["averagePrecision", "dice", "cremi", "objects"]).describe(
  "what is measured, by name or with options; the first number that has a direction ranks weights",
);

/** What an experiment measures. */
export const evaluateSchema = z.strictObject({
  metrics: deciding("measurement", metricList),
  tuneBy: deciding(
    "measurement",
    z.enum(everyOutput().map(({ name }) => name)).optional().describe(
      "the number that chooses among the sweeps of postprocess; dice unless told",
    ),
  ),
  partners: deciding("measurement", partnersSchema.optional()),
  sectionsShown: deciding(
    "measurement",
    whole(12, "sections kept as pictures, the worst ones first"),
  ),
  objectsShown: deciding(
    "measurement",
    whole(
      12,
      "objects of each kind kept as pictures: found, false and missed ones",
    ),
  ),
  allowEmpty: deciding(
    "nothing",
    z.boolean().optional().describe(
      "lets a split hold no cleft, or nothing else, which the report then says in red",
    ),
  ),
}).describe("what is measured on a whole volume");
