import * as z from "zod";
import { specSchema } from "../spec/spec_schema.ts";
import { type JsonSchema, jsonSchemaOf } from "./json_schema.ts";

/**
 * The JSON Schema of an experiment file for editors: every key with its meaning
 * and default. A file with a parent may leave out what the parent gives.
 */
export function experimentSchema(): JsonSchema {
  const file = z.strictObject({
    ...specSchema.partial().shape,
    extends: z.union([z.string(), z.array(z.string()).min(1)]).optional()
      .describe(
        "the files this one changes, relative to it, a later one over those " +
          "before: maps merge, the rest is replaced",
      ),
  });
  return {
    title: "Cleft experiment",
    ...jsonSchemaOf(file),
    anyOf: [{ required: ["extends"] }, { required: ["data", "model", "loss"] }],
  };
}
