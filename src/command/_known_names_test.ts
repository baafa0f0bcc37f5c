import { deepStrictEqual } from "node:assert/strict";
import { knowsName } from "./_known_names.ts";

Deno.test("knowsName() knows numbers of metrics and options of experiments", async () => {
  const knows = await knowsName();
  const names = ["ap", "test/dice", "validation/loss", "loss.terms[0].weight"];
  for (
    const name of [
      ...names,
      "augment.elastic",
      "augment.elastic.p",
      "model.resUnet",
    ]
  ) {
    deepStrictEqual(knows(name), true, name);
  }
  for (const name of ["app", "augment.elastik", "elastic", "train.p.elastic"]) {
    deepStrictEqual(knows(name), false, name);
  }
});
