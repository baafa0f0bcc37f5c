import { deepStrictEqual } from "node:assert/strict";
import { planHashes, readPlan } from "@/experiment/mod.ts";
import { hashesOf } from "@/record/_rehash.ts";

const folder = new URL("../fixtures/record/", import.meta.url);
const plans = Deno.readTextFileSync(new URL("plans_11.jsonl", folder))
  .trimEnd().split("\n")
  .map((line) => JSON.parse(line) as { what: string; spec: object });

for (const { what, spec } of plans) {
  Deno.test(`hashes of plans recorded before migration 12 are those of today: ${what}`, () => {
    const recorded = JSON.stringify({ format: 1, spec });
    const { hash, trainingHash } = planHashes(readPlan(recorded, what).spec);
    deepStrictEqual(hashesOf(recorded), { hash, trainingHash });
  });
}
