import { deepStrictEqual } from "node:assert/strict";
import { experimentSchema } from "./editor.ts";

Deno.test("experimentSchema() lets a file extend one other or several, and then leave keys out", () => {
  const { properties, anyOf, required = [] } = experimentSchema();
  const { description: _, ...parents } = properties!["extends"]!;
  deepStrictEqual(parents, {
    anyOf: [
      { type: "string" },
      { type: "array", items: { type: "string" }, minItems: 1 },
    ],
  });
  deepStrictEqual(
    anyOf!.map((one) => one.required),
    [["extends"], ["matrix"], ["data", "model", "loss"]],
  );
  deepStrictEqual(required, []);
});
