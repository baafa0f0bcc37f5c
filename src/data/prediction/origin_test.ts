import { deepStrictEqual, throws } from "node:assert";
import * as fc from "fast-check";
import { assertEquals } from "@test/helpers.ts";
import {
  attributesOf,
  checkOfClefts,
  originOf,
  type PredictionOrigin,
} from "./origin.ts";

const origin: PredictionOrigin = {
  run: "mixloss-20261123-2105-k3f9",
  experiment: "mixloss",
  head: null,
  planSha256: "5f".repeat(32),
  weights: "best",
  step: 300,
  checkpointSha256: "7e".repeat(32),
  threshold: 0.4,
  metrics: [{ type: "objects", minOverlapVox: 3 }, { type: "dice" }],
  postprocess: [{ type: "threshold", p: 0.4 }],
  tta: "flips",
  inputs: [{ path: "/data/ü.hdf", bytes: 12, sha256: "cd".repeat(32) }],
  usedFor: ["train"],
  engine: "tensorflow",
  precision: "fp32",
  versions: { cleft: "0.1.0" },
};

Deno.test("originOf() reads what attributesOf() writes", () => {
  const origins = fc.record({
    ...Object.fromEntries(
      (["run", "experiment", "planSha256", "checkpointSha256"] as const)
        .map((key) => [key, fc.string({ unit: "binary" })]),
    ),
    weights: fc.constantFrom("best", "last"),
    step: fc.nat(),
    head: fc.option(fc.string({ unit: "binary" })),
    threshold: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    metrics: fc.array(
      fc.record(
        {
          type: fc.string(),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        },
        { noNullPrototype: true },
      ),
    ),
    postprocess: fc.array(
      fc.record({ type: fc.string() }, { noNullPrototype: true }),
    ),
    tta: fc.string(),
    inputs: fc.array(
      fc.record(
        { path: fc.string(), bytes: fc.nat(), sha256: fc.string() },
        { noNullPrototype: true },
      ),
    ),
    usedFor: fc.array(fc.string()),
    notes: fc.array(fc.string(), { minLength: 1 }),
    engine: fc.string(),
    precision: fc.string(),
    versions: fc.dictionary(
      fc.stringMatching(/^[a-z]+$/),
      fc.string(),
      { noNullPrototype: true },
    ),
  }, { noNullPrototype: true }) as unknown as fc.Arbitrary<PredictionOrigin>;
  fc.assert(fc.property(origins, (origin) => {
    const attributes = attributesOf(origin);
    for (const value of Object.values(attributes)) {
      assertEquals(["string", "number"].includes(typeof value), true);
    }
    deepStrictEqual(originOf((name) => attributes[name]), origin);
  }));
});

Deno.test("originOf() is null for files that name no run", () => {
  assertEquals(originOf(() => undefined), null);
  const { run: _, ...others } = attributesOf(origin);
  assertEquals(originOf((name) => others[name]), null);
});

Deno.test("originOf() reads files from before metrics and steps were written", () => {
  const { metrics: _, postprocess: __, ...before } = attributesOf(origin);
  deepStrictEqual(
    originOf((name) => before[name]),
    { ...origin, metrics: [], postprocess: [] },
  );
});

Deno.test("checkOfClefts() refuses what another head says", () => {
  checkOfClefts(null, "a.hdf");
  checkOfClefts(origin, "a.hdf");
  throws(
    () => checkOfClefts({ ...origin, head: "polarity" }, "a.hdf"),
    { message: /the head "polarity" says/, where: "a.hdf" },
  );
});

Deno.test("originOf() names the attribute that is not what it should be", () => {
  const attributes = attributesOf(origin);
  for (
    const [name, value] of [
      ["threshold", 1.5],
      ["threshold", -0.1],
      ["threshold", "high"],
      ["weights", "worst"],
      ["step", -1],
      ["step", undefined],
      ["inputs", "["],
      ["inputs", "{}"],
      ["used_for", undefined],
      ["versions", "[]"],
      ["metrics", "dice"],
      ["metrics", '["dice"]'],
      ["plan_sha256", undefined],
    ] as const
  ) {
    const other = { ...attributes, [name]: value };
    throws(
      () => originOf((one) => other[one]),
      { message: `its attribute "${name}" is ${value ?? "missing"}` },
      name,
    );
  }
});
