import * as z from "zod";
import { matrixSchema } from "../matrix/matrix_schema.ts";
import { specSchema } from "../spec/spec_schema.ts";
import { type JsonSchema, jsonSchemaOf } from "./json_schema.ts";
import { matrixForEditors, searchForEditors } from "./matrix.ts";
import { searchSchema } from "../search/search_schema.ts";

/**
 * The JSON Schema of an experiment file for editors: every key with its meaning
 * and default. A file with a parent may leave out what the parent gives.
 */
export function experimentSchema(): JsonSchema {
  const experiment = jsonSchemaOf(specSchema.partial());
  const file = z.strictObject({
    ...specSchema.partial().shape,
    extends: z.union([z.string(), z.array(z.string()).min(1)]).optional()
      .describe(
        "the files this one changes, relative to it, a later one over those " +
          "before: maps merge, the rest is replaced",
      ),
  });
  const whole = jsonSchemaOf(file);
  return {
    title: "Cleft experiment",
    ...whole,
    properties: {
      ...whole.properties,
      matrix: matrixForEditors(jsonSchemaOf(matrixSchema), experiment),
      search: searchForEditors(jsonSchemaOf(searchSchema), experiment),
    },
    anyOf: [
      { required: ["extends"] },
      { required: ["matrix"] }, // whose values may give the rest
      { required: ["data", "model", "loss"] },
    ],
  };
}
