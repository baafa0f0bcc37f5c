import { ExperimentError } from "@/core/mod.ts";
import { trialAxis } from "@/record/mod.ts";
import { valueName } from "../matrix/axes.ts";
import { beginsWithVariant } from "../matrix/begin_with.ts";
import { expand, type Unplanned } from "../matrix/expand.ts";
import { faultsOfForm } from "../matrix/matrix_faults.ts";
import {
  type Matrix,
  type OpenedMatrix,
  withoutKey,
} from "../matrix/plan_matrix.ts";
import { planAll, refuseTwins } from "../matrix/plan_variants.ts";
import { type Plan, planExperiment } from "../plan/mod.ts";
import { deepFreeze } from "../spec/freeze.ts";
import { type MapNode, nodeOf, valueOf } from "../spec/node.ts";
import { type Fault, placeText } from "../spec/place.ts";
import { faultsOf } from "../spec/read.ts";
import type { Spec } from "../spec/spec.ts";
import { budgets } from "./budget/mod.ts";
import { drawTrials } from "./draw_trials.ts";
import { refuseIncomparable } from "./incomparable.ts";
import { refuseUnvalidated } from "./rung_steps.ts";
import type { Search } from "./search.ts";
import { searchSchema, type SearchSpec } from "./search_schema.ts";
import { faultsOfSetting, readSpace, type SearchedOption } from "./space.ts";

/** The trials of a search: variants that differ in what was drawn for them. */
export type SearchMatrix = Matrix & { readonly search: Search };

/** Whether the variants of a file are trials of a search. */
export function isSearch(matrix: Matrix): matrix is SearchMatrix {
  return matrix.search !== undefined;
}

/**
 * Plans every trial of a file with a `search`. A trial is the file without its
 * search and its test volumes, changed at the paths of the options.
 *
 * @throws {ExperimentFaults} With every fault of the file.
 * @throws {ExperimentError} If its trials cannot be drawn, or not be compared.
 */
export function planSearch(
  { root, files, ...opened }: OpenedMatrix,
): SearchMatrix {
  const refuseIf = (faults: readonly Fault[]) => {
    if (faults.length > 0) throw faultsOf(faults, files);
  };
  refuseIf([
    ...opened.faults,
    ...faultsOfForm(root, "search"),
    ...matrixBeside(root),
  ]);
  const node = root.entries.get("search")!.node as MapNode;
  const given = searchSchema.parse(valueOf(node));
  const over = node.entries.get("over")!.node as MapNode;
  const { options, faults } = readSpace(over, given.over);
  refuseIf([...faults, ...faultsOfSetting(options, opened)]);
  const where = placeText(node.place, ["search"]);
  const drawn = drawTrials(options, { ...given, where });
  const expanded = expand(withoutKey(root, "search"), [{
    name: trialAxis,
    values: drawn.map((values, i) => ({
      name: `${i + 1}`,
      settings: options.map(({ path, place }, k) => ({
        path,
        place,
        node: nodeOf(values[k], place),
      })),
    })),
  }]);
  refuseIf(onceAPlace(expanded.faults));
  const unplanned = expanded.variants.map((one, i) => ({
    ...one,
    values: { ...one.values, ...namesOf(options, drawn[i]!) },
  }));
  refuseChains(unplanned);
  const planned = planAll(unplanned);
  refuseIncomparable(planned, where);
  const variants = planned.map(({ values, plan }) => ({
    values,
    plan: asTrial(plan),
  }));
  refuseTwins(variants, where);
  const rungs = rungsOf(given, planned[0]!.plan);
  refuseUnvalidated(variants, rungs);
  return {
    name: planned[0]!.plan.spec.name,
    axes: [
      { name: trialAxis, values: drawn.map((_, i) => `${i + 1}`) },
      ...options.map(({ name }) => ({
        name,
        values: [...new Set(unplanned.map(({ values }) => values[name]!))],
      })),
    ],
    variants,
    search: {
      draw: given.draw.type,
      seed: given.seed,
      rungs,
      chosen: planned.map(({ plan }) => plan),
    },
  };
}

/** What a trial sets, by the options' names. */
function namesOf(
  options: readonly SearchedOption[],
  values: readonly unknown[],
): Record<string, string> {
  return Object.fromEntries(
    options.map(({ name }, k) => [name, valueName(values[k])]),
  );
}

/** The same training, which test volumes do not see, and which hands nothing in. */
function asTrial(plan: Plan): Plan {
  const { submission, ...spec } = plan.spec;
  if (!submission && spec.data.test.length === 0) return plan;
  const data = { ...spec.data, test: [] };
  return planExperiment(deepFreeze({ ...spec, data }) as Spec);
}

function rungsOf(
  { budget, trials }: SearchSpec,
  { spec: { train: { volumeTotal } } }: Plan,
): Search["rungs"] {
  return budgets.create(budget).rungs({ trials, volumeTotal });
}

/** Of what is wrong with the values of many trials, one fault for each option. */
function onceAPlace(faults: readonly Fault[]): readonly Fault[] {
  const first = new Map<string, Fault>();
  for (const fault of faults) {
    const { where } = fault.error;
    if (!first.has(where)) first.set(where, fault);
  }
  return [...first.values()];
}

function matrixBeside(root: MapNode): readonly Fault[] {
  const matrix = root.entries.get("matrix");
  if (!matrix) return [];
  const { keyPlace: place } = matrix;
  const error = new ExperimentError(
    "Cannot use a search and a matrix in one experiment",
    {
      where: placeText(place, ["matrix"]),
      fix: "Extend a file without a matrix; what it varies can be options of " +
        "the search, of type choice",
    },
  );
  return [{ place, error }];
}

/** Trials are compared with each other; none can wait for another. */
function refuseChains(trials: readonly Unplanned[]): void {
  const chained = trials.find(({ spec }) => beginsWithVariant(spec));
  if (!chained) return;
  throw new ExperimentError(
    `Cannot begin with "${chained.spec.init.run}": a search has no variants`,
    { where: "init.run", fix: "Name a run: its id, NAME or NAME@best" },
  );
}
