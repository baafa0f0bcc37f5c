import * as z from "zod";
import { searchSchema } from "../search/search_schema.ts";
import { specSchema } from "../spec/spec_schema.ts";

const settings = z.record(z.string(), z.unknown()).meta({
  title: "values by their paths, such as { loss.terms: [{ type: dice }] }",
});

const axis = z.union([
  z.array(z.unknown()).min(1).describe(
    "values of the key that the axis is named after",
  ),
  z.record(z.string(), settings).describe(
    "sets of values by name; a name that begins with + adds to the set above it",
  ),
]).meta({
  title: "a list of values, or sets of values by name",
});

/** What a file can say besides an experiment, and what it means. */
export const matrixSchema = z.record(z.string(), axis).meta({
  title: "axes by name, such as { seed: [1, 2, 3] }",
}).describe(
  "experiments to run and to compare: one for each combination of the axes' values",
);

/** What makes a file describe several experiments. */
export const severalSchema = z.strictObject({
  matrix: matrixSchema,
  search: searchSchema,
});

/** What an experiment file can say, one or several experiments. */
export const experimentFileSchema = specSchema.extend(severalSchema.shape);
