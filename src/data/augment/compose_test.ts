import { deepStrictEqual } from "node:assert/strict";
import { openRng, type Zyx } from "@/core/mod.ts";
import { augmentations } from "@/data/mod.ts";
import { assertEquals, assertSameNumbers, makeSample } from "@test/helpers.ts";
import { openChain, type StepRecord } from "./chain.ts";

const shapeVox: Zyx = [4, 16, 16];
const rng = (i: number) => openRng(5).at("sample", i);

function composed(entry: Record<string, unknown>) {
  return augmentations.create(
    augmentations.schema.parse({ type: "compose", ...entry }),
  );
}

const appliedTypes = (records: unknown) =>
  (records as StepRecord[])
    .filter(({ parameters }) => parameters !== null)
    .map(({ type }) => type);

Deno.test("compose() does what its steps do one after another", () => {
  const steps = [{ type: "simple" }, { type: "elastic" }, { type: "grey" }];
  const whole = composed({ steps });
  const chain = openChain(
    steps.map((step) => augmentations.schema.parse(step)),
    augmentations.create,
  );
  for (let i = 0; i < 5; i++) {
    const drawn = whole.draw(shapeVox, rng(i));
    deepStrictEqual(drawn, chain.draw(shapeVox, rng(i)));
    const margin = whole.marginVox!(shapeVox, drawn);
    const sample = makeSample({
      shapeVox: shapeVox.map((n, axis) =>
        n + 2 * margin[axis]!
      ) as unknown as Zyx,
    });
    const after = whole.apply(sample, drawn);
    deepStrictEqual(after.shapeVox, shapeVox);
    assertSameNumbers(
      after.image,
      chain.apply(sample, drawn as StepRecord[]).image,
    );
  }
});

Deno.test("compose() of one applies a single step, each as often", () => {
  const steps = [{ type: "simple" }, { type: "grey" }, { type: "invert" }];
  const one = composed({ steps, apply: "one" });
  const counts: Record<string, number> = { simple: 0, grey: 0, invert: 0 };
  for (let i = 0; i < 900; i++) {
    const [type, ...others] = appliedTypes(one.draw(shapeVox, rng(i)));
    assertEquals(others.length, 0);
    counts[type!]! += 1;
  }
  // A third of 900 with a standard deviation of 14.
  for (const [type, n] of Object.entries(counts)) {
    assertEquals(Math.abs(n - 300) < 60, true, `${type} ${n}`);
  }
});

Deno.test("compose() keeps the chance of each step", () => {
  const half = composed({ steps: [{ type: "simple", p: 0.25 }] });
  const n = Array.from({ length: 800 }, (_, i) => half.draw(shapeVox, rng(i)))
    .filter((drawn) => appliedTypes(drawn).length > 0).length;
  assertEquals(Math.abs(n - 200) < 50, true, `${n} of 800`);
});

Deno.test("compose() hands on what a step has against a patch", () => {
  const fault = composed({ steps: [{ type: "simple" }] }).check!([4, 16, 20]);
  assertEquals(fault?.startsWith("simple: a transposed patch"), true, fault);
});

Deno.test("compose() has the report's augmentation and gunpowder's as presets", () => {
  const typesOf = (preset: string) =>
    (augmentations.schema.parse({ type: "compose", preset })
      .steps as { type: string }[]).map(({ type }) => type);
  deepStrictEqual(typesOf("report"), ["elastic", "simple", "grey", "fold"]);
  deepStrictEqual(
    typesOf("gunpowder"),
    ["simple", "elastic", "intensity", "defect"],
  );
  deepStrictEqual(typesOf("warp"), ["affine", "simard"]);
  const report = composed({ preset: "report" });
  const elastic = Array.from(
    { length: 400 },
    (_, i) => appliedTypes(report.draw(shapeVox, rng(i))),
  ).filter((types) => types.includes("elastic")).length;
  assertEquals(Math.abs(elastic - 200) < 40, true, `${elastic} of 400`);
});
