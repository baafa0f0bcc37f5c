import { deepStrictEqual } from "node:assert";
import type { Records, Run, RunState } from "@/record/mod.ts";
import { newRun, withRecords } from "@/record/_testing.ts";
import type { Plan } from "../plan/mod.ts";
import type { MatrixVariant } from "./plan_variants.ts";
import { Todo } from "./todo.ts";

const hashOf = (name: string) => name.repeat(64);

/** A variant by the letter that its hashes consist of. */
function variant(name: string): MatrixVariant {
  const hash = hashOf(name);
  return { values: { name }, plan: { hash, trainingHash: hash } as Plan };
}

/** Records a run of a variant that ended so. */
function record(
  records: Records,
  name: string,
  state: Exclude<RunState, "running" | "stopped" | "crashed">,
): void {
  const hash = hashOf(name);
  using recorder = records.startRun(
    newRun({ planHash: hash, trainingHash: hash }),
  );
  recorder.finish(state);
}

const sameData = { of: (runs: readonly never[]) => Promise.resolve(runs) };

/** What is to be done for some variants, one after the other, each given up. */
async function orderOf(todo: Todo): Promise<string[]> {
  const order: string[] = [];
  for (let next = await todo.next(); next; next = await todo.next()) {
    order.push(next.variant.values.name!);
    todo.drop(next.variant);
  }
  return order;
}

Deno.test("Todo goes on with what was cut, then starts what is missing, then tries what failed", async () => {
  const work: Promise<void>[] = [];
  withRecords((records) => {
    record(records, "a", "failed");
    record(records, "b", "finished");
    record(records, "c", "interrupted");
    const runs = new Map(["a", "b", "c", "d"].map((name) => [
      hashOf(name),
      records.runs({ planHash: hashOf(name) }),
    ]));
    const todo = new Todo(["a", "b", "d", "c"].map(variant), {
      records: {
        runs: ({ planHash, trainingHash } = {}) =>
          runs.get((planHash ?? trainingHash)!)!,
      },
      sameData: sameData as never,
    });
    work.push((async () => {
      const standings = await todo.standings();
      deepStrictEqual(
        standings.map(({ run, isTrained }) => [run?.state ?? null, isTrained]),
        [
          ["failed", false],
          ["finished", false],
          [null, false],
          ["interrupted", false],
        ],
      );
      deepStrictEqual(await orderOf(todo), ["c", "d", "a"]);
    })());
  });
  await Promise.all(work);
});

Deno.test("Todo says whether another process has taken a variant meanwhile", async () => {
  const run = (id: string, state: RunState) =>
    ({ id, state }) as unknown as Run;
  const of = async (before: Run | null, now: Run | null) => {
    const todo = new Todo([], {
      records: { runs: () => now ? [now] : [] },
      sameData: sameData as never,
    });
    const standing = { variant: variant("a"), run: before, isTrained: false };
    return await todo.isTaken(standing);
  };
  const cut = run("1", "interrupted");
  const cases = [
    [null, null, false],
    [null, run("2", "running"), true],
    [null, run("2", "interrupted"), true], // begun and cut again
    [null, run("2", "failed"), false],
    [cut, cut, false],
    [cut, run("1", "running"), true],
    [cut, run("1", "finished"), true],
    [cut, run("1", "failed"), false],
    [cut, run("2", "crashed"), true],
  ] as const;
  for (const [before, now, isTaken] of cases) {
    deepStrictEqual(
      await of(before, now),
      isTaken,
      `${before?.id} ${now?.state}`,
    );
  }
});

Deno.test("Todo tells what has only to be measured anew, by runs that have finished", async () => {
  const asked: unknown[] = [];
  const finished = { id: "1", state: "finished" } as unknown as Run;
  const todo = new Todo([variant("a")], {
    records: {
      runs: (filter) => {
        asked.push(filter);
        return filter?.trainingHash ? [finished] : [];
      },
    },
    sameData: {
      of: (runs, _, { toTrain = false } = {}) =>
        Promise.resolve(toTrain ? runs : []),
    },
  });
  const [standing] = await todo.standings();
  deepStrictEqual([standing!.run, standing!.isTrained], [null, true]);
  deepStrictEqual(asked, [
    { planHash: hashOf("a") },
    { trainingHash: hashOf("a"), state: "finished" },
  ]);
});

Deno.test("Todo takes no run for a variant whose beginning is another now", async () => {
  const run = { id: "1", state: "finished" } as unknown as Run;
  const beginsWith = variant("a");
  const begun = { ...variant("b"), beginsWith };
  const standingWith = async (runs: Run[]) => {
    const todo = new Todo([begun], {
      records: {
        runs: ({ planHash } = {}) => planHash === hashOf("a") ? runs : [run],
      },
      sameData: sameData as never,
    });
    return (await todo.standings())[0]!;
  };
  deepStrictEqual(await standingWith([]), {
    ...{ variant: begun, run: null, isTrained: false, waitsFor: beginsWith },
  });
  deepStrictEqual(await standingWith([run]), {
    ...{ variant: begun, run, isTrained: false },
  });
});
