import type { MatrixRecord, SearchRecord } from "@/record/mod.ts";
import type { Search } from "../search/search.ts";
import type { MapNode } from "../spec/node.ts";
import { type Fault, placeText } from "../spec/place.ts";
import {
  faultsOf,
  type OpenedExperiment,
  type ReadOptions,
} from "../spec/read.ts";
import { readAxes } from "./axes.ts";
import { linkVariants, namingVariants } from "./begin_with.ts";
import { expand } from "./expand.ts";
import {
  faultsOfForm,
  faultsOfOverrides,
  faultsOfSize,
} from "./matrix_faults.ts";
import {
  type MatrixVariant,
  planAll,
  refuseSharedFiles,
  refuseTwins,
} from "./plan_variants.ts";

/** The experiments that one file with a `matrix` describes. */
export interface Matrix {
  /** What its runs are called. */
  readonly name: string;
  /** What differs between them, in the file's order. */
  readonly axes: MatrixRecord["axes"];
  /** Every experiment, the last axis fastest. */
  readonly variants: readonly MatrixVariant[];
  /** What makes them trials, if they are those of a search. */
  readonly search?: Search;
}

/** A file with a `matrix`, opened, and the overrides it was opened with. */
export type OpenedMatrix =
  & OpenedExperiment
  & Pick<Required<ReadOptions>, "overrides" | "shown">;

/**
 * Plans every experiment of a file with a `matrix`. A variant is the file without
 * its matrix, changed at the paths of its values, axis by axis.
 *
 * @throws {ExperimentFaults} With every fault of the file, or if it has more
 * than 1,000 variants, which are then not looked at.
 */
export function planMatrix(
  { root, files, ...opened }: OpenedMatrix,
): Matrix {
  const refuseIf = (faults: readonly Fault[]) => {
    if (faults.length > 0) throw faultsOf(faults, files);
  };
  refuseIf([...opened.faults, ...faultsOfForm(root, "matrix")]);
  const matrix = root.entries.get("matrix")!.node as MapNode;
  const { axes, faults } = readAxes(matrix);
  refuseIf([...faults, ...faultsOfOverrides(axes, opened)]);
  refuseIf(faultsOfSize(axes, matrix));
  const expanded = expand(withoutKey(root, "matrix"), axes);
  refuseIf(expanded.faults);
  const where = placeText(matrix.place, ["matrix"]);
  const named = {
    name: expanded.variants[0]!.spec.name,
    axes: axes.map(({ name, values }) => ({
      name,
      values: values.map((value) => value.name),
    })),
  };
  const unplanned = namingVariants(expanded.variants, { ...named, where });
  const variants = linkVariants(planAll(unplanned), unplanned);
  refuseTwins(variants, where);
  refuseSharedFiles(variants, where);
  return { ...named, variants };
}

/** A matrix as the records keep it. */
export function matrixRecord(
  { name, axes, variants, search }: Matrix,
): MatrixRecord {
  return {
    name,
    axes,
    variants: variants.map(({ values, plan }) => ({
      values,
      planHash: plan.hash,
    })),
    ...search && { search: searchRecord(search) },
  };
}

function searchRecord({ draw, seed, rungs }: Search): SearchRecord {
  return { draw, seed, rungs };
}

/** A file without one of its keys. */
export function withoutKey(root: MapNode, key: string): MapNode {
  const entries = [...root.entries].filter(([name]) => name !== key);
  return { ...root, entries: new Map(entries) };
}
