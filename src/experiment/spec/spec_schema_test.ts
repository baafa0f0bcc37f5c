import { deepStrictEqual, throws } from "node:assert/strict";
import { experimentSchema, shareParts } from "../schema/mod.ts";
import { smallPlan } from "../run/_testing.ts";

Deno.test("specSchema is what people have read in docs/reference", () => {
  const path = "../../../docs/reference/experiment.schema.json";
  const text = Deno.readTextFileSync(new URL(path, import.meta.url));
  deepStrictEqual(
    JSON.parse(text),
    JSON.parse(JSON.stringify(shareParts(experimentSchema()))),
  );
});

Deno.test("specSchema refuses what is listed or given twice", () => {
  const says = (change: Parameters<typeof smallPlan>[0], message: RegExp) =>
    throws(() => smallPlan(change), (error) => message.test(`${error}`));
  const metrics = (...list: readonly unknown[]) => ({
    evaluate: { metrics: list, sectionsShown: 1 },
  });
  smallPlan(metrics("dice", { type: "objects" }));
  says(metrics("dice", { type: "dice" }), /metrics\[1\].*listed before/);
  says(metrics(), /metrics/);
  says({ init: { run: "a", file: "b" } }, /run and file are both given/);
  says({ init: { skip: ["a"] } }, /names no run or file/);
  smallPlan({ init: { run: "a", skip: ["head"] } });
  smallPlan({ init: { file: "a", skip: ["head"] } });
  const head = (name: string) => ({
    name,
    target: { type: "signedDistance" },
    loss: { terms: [{ type: "squaredError" }] },
  });
  says(
    { heads: [head("a"), head("b"), head("a")] },
    /heads\[2\]\.name.*another/,
  );
  says({ heads: [head("level2")] }, /a name of at most 40/);
});
