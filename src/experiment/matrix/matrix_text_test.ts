import { deepStrictEqual } from "node:assert/strict";
import type { Environment, Run, RunState } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { headOf, reusedText } from "./matrix_text.ts";
import type { MatrixVariant } from "./plan_variants.ts";
import type { Standing } from "./todo.ts";

const variant = (seed: string): MatrixVariant =>
  ({ values: { seed } }) as unknown as MatrixVariant;

/** Where a variant stands: with a run of a state, or without one. */
function standing(
  seed: string,
  state: RunState | null,
  { isTrained = false, code = {} }: {
    readonly isTrained?: boolean;
    readonly code?: Partial<Environment>;
  } = {},
): Standing {
  const environment = { ...newRun().environment, ...code };
  const run = { id: `run-${seed}`, state, environment } as unknown as Run;
  return { variant: variant(seed), run: state && run, isTrained };
}

Deno.test("headOf() counts variants by what is to be done", () => {
  const matrix = {
    ...{
      name: "table",
      axes: ["loss", "seed"].map((name) => ({ name, values: [] })),
    },
    variants: ["1", "2", "3", "4"].map(variant),
  };
  const standings = [
    standing("1", "finished"),
    standing("2", null),
    standing("3", null, { isTrained: true }),
    standing("4", "finished"),
  ];
  deepStrictEqual(
    headOf(matrix, standings),
    "table: 4 variants of loss × seed, 2 finished, 1 to run, 1 to measure anew",
  );
  deepStrictEqual(
    headOf(matrix, standings.slice(1, 2)),
    "table: 1 of 4 variants of loss × seed, 1 to run",
  );
});

Deno.test("reusedText() names finished runs, and whose code was another", () => {
  const projectFolder = Deno.makeTempDirSync({ prefix: "cleft-code-" });
  try {
    const here = { commit: null, dirtyDiff: "" }; // no repository
    const lines = reusedText([
      standing("1", "finished", { code: here }),
      standing("2", "failed", { code: here }),
      standing("3", "finished", { code: { ...here, dirtyDiff: "+1" } }),
      standing("4", "finished", { code: { ...here, commit: "0123456789" } }),
      standing("5", null),
    ], { projectFolder });
    deepStrictEqual(lines, [
      "Finished before: seed=1 is run-1",
      "Finished before: seed=3 is run-3, by other code (unknown)",
      "Finished before: seed=4 is run-4, by other code (0123456)",
    ]);
    deepStrictEqual(
      reusedText([standing("2", "failed")], { projectFolder }),
      [],
    );
  } finally {
    Deno.removeSync(projectFolder, { recursive: true });
  }
});
