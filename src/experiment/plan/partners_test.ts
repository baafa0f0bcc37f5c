import { deepStrictEqual, throws } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { checkSpec } from "../spec/mod.ts";
import { polarityHead } from "./partners.ts";

const head = (name: string, type: string, loss: string) => ({
  ...{ name, target: { type } },
  loss: { terms: [{ type: loss }] },
});
const direction = head("to", "direction", "cosine");
const specOf = (heads: readonly object[], partners?: object) =>
  checkSpec({
    name: "small",
    data: { train: [{ source: { type: "phantom" } }] },
    sampler: { type: "uniform", patchVox: [4, 32, 32] },
    model: { type: "resUnet", filters: [4, 8] },
    loss: { terms: [{ type: "bce" }] },
    ...{ heads, evaluate: { ...partners && { partners } } },
  }, "test");

Deno.test("polarityHead() is the one that is named, or the first that learns it", () => {
  const sides = head("sides", "polarity", "squaredError");
  const near = head("near", "polarity", "squaredError");
  deepStrictEqual(polarityHead(specOf([direction, sides])), null);
  deepStrictEqual(polarityHead(specOf([direction, sides, near], {})), 2);
  deepStrictEqual(
    polarityHead(specOf([direction, sides, near], { head: "near" })),
    3,
  );
  const refusal = (heads: readonly object[], partners: object) => {
    let said = "";
    throws(() => polarityHead(specOf(heads, partners)), (error) => {
      said = `${error}`;
      return error instanceof ExperimentError;
    });
    return said.split("\n").map((line) => line.trim());
  };
  deepStrictEqual(refusal([direction, sides, near], { head: "to" }), [
    'Cannot find partners by the head "to": it does not learn polarity',
    "at   evaluate.partners.head",
    "fix  Write sides or near",
  ]);
  deepStrictEqual(
    refusal([sides, near], { head: "sidse" })[2],
    "fix  Write sides",
  );
  deepStrictEqual(refusal([direction], {}), [
    "Cannot find partners: no head learns their polarity",
    "at   evaluate.partners",
    "fix  Add a head with target: { type: polarity } to heads",
  ]);
});
