import { deepStrictEqual, throws } from "node:assert/strict";
import { ExperimentFaults } from "@/core/mod.ts";
import { smallPhantom, smallPlan } from "../run/_testing.ts";
import { planAll, refuseSharedFiles, refuseTwins } from "./plan_variants.ts";

/** Variants of a small experiment by their batches; three devices share each. */
function variantsOf(...batches: readonly number[]) {
  const { spec } = smallPlan();
  return batches.map((batch) => ({
    values: { batch: `${batch}` },
    spec: { ...spec, train: { ...spec.train, batch, devices: 3 } },
  }));
}

/** What is said of something that cannot be done. */
function faults(act: () => unknown): string {
  let said = "";
  throws(act, (error) => {
    said = `${error}`;
    return error instanceof ExperimentFaults;
  });
  return said;
}

Deno.test("planAll() says where a fault is, once for all variants that have it", () => {
  deepStrictEqual(planAll(variantsOf(3, 6)).map(({ values }) => values), [
    { batch: "3" },
    { batch: "6" },
  ]);
  const said = (batch: number, fix: number, where: string) =>
    `Cannot divide batches of ${batch} samples over 3 devices\n` +
    `  at   train.devices in ${where}\n` +
    `  fix  Set train.batch to ${fix}, or train.devices to a divisor of ${batch}`;
  deepStrictEqual(
    faults(() => planAll(variantsOf(4, 3, 4, 4, 7))),
    `${said(4, 6, "batch=4 and 2 more")}\n\n${said(7, 9, "batch=7")}`,
  );
});

Deno.test("planAll() hides no mistake of a programmer's", () => {
  const broken = [{ values: { a: "b" }, spec: {} as never }];
  throws(() => planAll(broken), TypeError);
});

Deno.test("refuseTwins() names the first two variants of one plan", () => {
  const variants = planAll(variantsOf(3, 6, 9, 6, 6));
  refuseTwins(variants.slice(0, 3), "here");
  deepStrictEqual(
    faults(() => refuseTwins(variants, "here")).split("\n").slice(0, 2),
    [
      "Cannot tell two variants apart: batch=6 and batch=6 are the same experiment",
      "  at   here",
    ],
  );
});

Deno.test("refuseSharedFiles() names two variants that would write one file at their end", () => {
  const variantsOf = (atEnd: boolean, ...files: readonly string[]) =>
    files.map((file, i) => ({
      values: { seed: `${i}` },
      plan: smallPlan({
        submission: { atEnd, volumes: [{ file, ...smallPhantom(1) }] },
      }),
    }));
  refuseSharedFiles(variantsOf(true, "a.hdf", "b.hdf"), "here");
  refuseSharedFiles(variantsOf(false, "a.hdf", "a.hdf"), "here");
  deepStrictEqual(
    faults(() =>
      refuseSharedFiles(variantsOf(true, "b.hdf", "a.hdf", "b.hdf"), "here")
    ).split("\n").slice(0, 2),
    [
      'Cannot hand in "b.hdf" of seed=0 and of seed=2',
      "  at   here submission.volumes",
    ],
  );
});
