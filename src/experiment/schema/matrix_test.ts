import { deepStrictEqual } from "node:assert/strict";
import type { JsonSchema } from "./json_schema.ts";
import { matrixForEditors } from "./matrix.ts";

const schema: JsonSchema = {
  properties: {
    name: {},
    seed: {},
    train: { properties: { batch: {} } },
    model: {
      oneOf: [
        { properties: { type: {}, filters: {} } },
        { properties: { type: {}, filters: {}, base: {} } },
      ],
    },
  },
};

Deno.test("matrixForEditors() knows each path, with all that it can be", () => {
  const at = (place: string) => ({ $ref: `#/properties/${place}` });
  const filters = [0, 1].map((i) => at(`model/oneOf/${i}/properties/filters`));
  const paths = {
    seed: at("seed"),
    train: at("train"),
    "train.batch": at("train/properties/batch"),
    model: at("model"),
    "model.filters": { anyOf: filters },
    "model.base": at("model/oneOf/1/properties/base"),
  };
  const longer = "^(seed|train\\.batch|model\\.filters|model\\.base)[.[]";
  const axis = (items: JsonSchema) => ({
    anyOf: [
      { type: "array", items, minItems: 1 },
      at("matrix/additionalProperties"),
    ],
  });
  const { additionalProperties, ...matrix } = matrixForEditors(
    { description: "axes" },
    schema,
  );
  deepStrictEqual(matrix, {
    ...{ type: "object", description: "axes" },
    properties: Object.fromEntries(
      Object.entries(paths).map(([path, value]) => [path, axis(value)]),
    ),
    patternProperties: { [longer]: axis({}) },
  });
  const { description: _, ...set } = (additionalProperties as JsonSchema)
    .additionalProperties as JsonSchema;
  deepStrictEqual(set, {
    ...{ type: "object", properties: paths, additionalProperties: false },
    patternProperties: { [longer]: {} },
  });
});
