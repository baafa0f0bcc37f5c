import { join } from "node:path";
import * as z from "zod";
import { readJsonAs, writeAtomically } from "@/core/mod.ts";
import type { MatrixVariant } from "../matrix/plan_variants.ts";
import { readPlan } from "../plan/mod.ts";
import type { SearchMatrix } from "../search/plan_search.ts";

/** A search as it was submitted, and the trials of it that a queue may run. */
export interface KeptSearch {
  readonly matrix: SearchMatrix;
  readonly chosen: readonly MatrixVariant[];
}

const fileName = "search.json";

/** A search as it is kept; its plans are read by {@linkcode readPlan}. */
const keptSearch = z.object({
  matrix: z.object({
    name: z.string(),
    axes: z.array(
      z.object({ name: z.string(), values: z.array(z.string()) }),
    ),
    variants: z.array(z.object({
      values: z.record(z.string(), z.string()),
      plan: z.looseObject({}),
    })),
    search: z.object({
      draw: z.string(),
      seed: z.number(),
      rungs: z.array(z.object({ volume: z.number(), trials: z.number() })),
      chosen: z.array(z.looseObject({})),
    }),
  }),
  /** The places of the trials that a queue may run. */
  chosen: z.array(z.int()),
}).refine(
  ({ matrix, chosen }) => chosen.every((place) => place in matrix.variants),
  { path: ["chosen"], error: "not all are places of trials" },
);

/** Keeps a search in the folder of a submission: its rungs outlive the file's next edit. */
export function keepSearch(
  folder: string,
  { matrix, chosen }: KeptSearch,
): void {
  const places = chosen.map((one) => matrix.variants.indexOf(one));
  const text = JSON.stringify({ matrix, chosen: places });
  writeAtomically(join(folder, fileName), text);
}

/**
 * The search that was submitted from a folder.
 *
 * @throws {ExperimentError} If its plans are damaged, or of another version.
 */
export function readSearch(folder: string): KeptSearch {
  const path = join(folder, fileName);
  const { matrix, chosen } = readJsonAs(Deno.readTextFileSync(path), {
    schema: keptSearch,
    what: `"${path}"`,
    where: path,
    fix: "Submit the search again",
  });
  const read = (plan: unknown) => readPlan(JSON.stringify(plan), path);
  const variants = matrix.variants.map(({ values, plan }) => ({
    values,
    plan: read(plan),
  }));
  const search = { ...matrix.search, chosen: matrix.search.chosen.map(read) };
  return {
    matrix: { ...matrix, variants, search },
    chosen: chosen.map((place) => variants[place]!),
  };
}
