import { deepStrictEqual } from "node:assert/strict";
import { openRecords, type Recorder } from "@/record/mod.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { hashOf, recordPart, submit } from "./_testing.ts";
import { setGoal } from "./goal.ts";
import { mergeParts } from "./merge_parts.ts";
import { partName, partNames } from "./part.ts";

const finish = (run: Recorder) => run.finish("finished");
const fail = (run: Recorder) => run.finish("failed", "the disk is full");

function runsIn(results: string): readonly (readonly [string, string])[] {
  using records = openRecords(results, { readOnly: true });
  return records.runs().map(({ id, state }) => [id, state]);
}

Deno.test("mergeParts() moves what has finished, and leaves what was cut", () =>
  inTemporaryFolder((results) => {
    submit(results, { seeds: [1, 2, 3] });
    const first = recordPart(results, { seed: 1, end: finish });
    const cut = recordPart(results, {
      seed: 2,
      end: (run) => run.finish("interrupted"),
    });
    const come = { brought: [first], left: [cut] };
    deepStrictEqual(mergeParts(results), come);
    deepStrictEqual(mergeParts(results), { ...come, brought: [] });
    deepStrictEqual(runsIn(results), [[first, "finished"]]);
    deepStrictEqual(
      partNames(results),
      [2, 3].map((seed) => partName("pair", hashOf(seed))),
    );
  }));

Deno.test("mergeParts() moves with a run those before it, but not those after it", () =>
  inTemporaryFolder((results) => {
    const failed = recordPart(results, { seed: 1, end: fail });
    const finished = recordPart(results, { seed: 1, end: finish });
    const before = recordPart(results, { seed: 2, end: finish });
    const after = recordPart(results, { seed: 2, end: fail });
    deepStrictEqual(mergeParts(results), {
      brought: [failed, finished, before],
      left: [after],
    });
    deepStrictEqual(runsIn(results).map(([id]) => id), [
      ...[failed, finished, before],
    ]);
    deepStrictEqual(partNames(results), [partName("pair", hashOf(2))]);
  }));

Deno.test("mergeParts() moves a run that began under another name", () =>
  inTemporaryFolder((results) => {
    const id = recordPart(results, {
      ...{ seed: 1, experiment: "before", end: finish },
    });
    deepStrictEqual(mergeParts(results), { brought: [id], left: [] });
    deepStrictEqual(partNames(results), []);
  }));

Deno.test("mergeParts() moves a trial that has come to its rung, and leaves one to be handed in", () =>
  inTemporaryFolder((results) => {
    const stopped = [1, 2].map((seed) =>
      recordPart(results, { seed, end: (run) => run.stop(2) })
    );
    const last = recordPart(results, { seed: 3, end: finish });
    const [one, two, three] = [1, 2, 3].map((seed) =>
      partName("pair", hashOf(seed))
    );
    setGoal(results, { part: one!, stopAfter: 2, handsIn: false });
    setGoal(results, { part: two!, stopAfter: 3, handsIn: false });
    setGoal(results, { part: three!, stopAfter: null, handsIn: true });
    deepStrictEqual(mergeParts(results), {
      brought: [stopped[0], last],
      left: [stopped[1]],
    });
    deepStrictEqual(partNames(results), [two, three]);
    setGoal(results, { part: three!, stopAfter: null, handsIn: false });
    deepStrictEqual(mergeParts(results).brought, []);
    deepStrictEqual(partNames(results), [two]);
  }));
