import { basename } from "node:path";
import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { type MatrixRecord, type Variant, variantText } from "@/record/mod.ts";
import { type Plan, planExperiment } from "../plan/mod.ts";
import { type MapNode } from "../spec/node.ts";
import { firstMissing, parsePath, setValue } from "../spec/override.ts";
import type { ParseOptions } from "../spec/parse.ts";
import { type Fault, type Path, pathText, placeText } from "../spec/place.ts";
import {
  checkExperiment,
  faultsOf,
  openExperiment,
  Schemas,
} from "../spec/read.ts";
import type { Spec } from "../spec/spec.ts";
import { specSchema } from "../spec/spec_schema.ts";
import { type Axis, type AxisValue, readAxes } from "./axes.ts";
import { matrixFileSchema } from "./matrix_schema.ts";

/** The most experiments that one matrix may have. */
const mostVariants = 1000;

/** One experiment of a matrix. */
export interface MatrixVariant {
  /** Its place: the name of its value on each axis. */
  readonly values: Variant;
  /** What it comes to, as of any experiment. */
  readonly plan: Plan;
}

/** The experiments that one file with a `matrix` describes. */
export interface Matrix {
  /** What its runs are called. */
  readonly name: string;
  /** What differs between them, in the file's order. */
  readonly axes: MatrixRecord["axes"];
  /** Every experiment, the last axis fastest. */
  readonly variants: readonly MatrixVariant[];
}

/**
 * Plans every experiment of a file with a `matrix`; null if it has none. A
 * variant is the file without its matrix, changed at the paths of its values,
 * axis by axis.
 *
 * @throws {ExperimentFaults} With every fault of the file, or if it has more
 * than 1,000 variants, which are then not looked at.
 */
export function planMatrix(
  path: string,
  { overrides = [], seed, folder = Deno.cwd() }: ParseOptions = {},
): Matrix | null {
  const given = seed === undefined ? overrides : [...overrides, `seed=${seed}`];
  const opened = openExperiment(path, new Schemas(matrixFileSchema), {
    overrides: given,
    fallbacks: { name: basename(path).replace(/\.ya?ml$/, "") },
    folder,
  });
  const { root, files } = opened;
  if (!root.entries.has("matrix")) return null;
  const refuseIf = (faults: readonly Fault[]) => {
    if (faults.length > 0) throw faultsOf(faults, files);
  };
  refuseIf([...opened.faults, ...faultsOfForm(root)]);
  const matrix = root.entries.get("matrix")!.node as MapNode;
  const { axes, faults } = readAxes(matrix);
  refuseIf([...faults, ...faultsOfOverrides(axes, given)]);
  refuseIf(faultsOfSize(axes, matrix));
  const expanded = expand(without(root, "matrix"), axes);
  refuseIf(expanded.faults);
  const variants = planAll(expanded.variants);
  refuseTwins(variants, placeText(matrix.place, ["matrix"]));
  return {
    name: variants[0]!.plan.spec.name,
    axes: axes.map(({ name, values }) => ({
      name,
      values: values.map((value) => value.name),
    })),
    variants,
  };
}

/** A matrix as the records keep it. */
export function matrixRecord({ name, axes, variants }: Matrix): MatrixRecord {
  return {
    name,
    axes,
    variants: variants.map(({ values, plan }) => ({
      values,
      planHash: plan.hash,
    })),
  };
}

function without(root: MapNode, key: string): MapNode {
  const entries = [...root.entries].filter(([name]) => name !== key);
  return { ...root, entries: new Map(entries) };
}

/** Faults of the matrix as such; those of the rest are found in the variants. */
function faultsOfForm(root: MapNode): readonly Fault[] {
  const matrix = new Schemas(matrixFileSchema.pick({ matrix: true }));
  const entries = new Map([["matrix", root.entries.get("matrix")!]]);
  return checkExperiment({ ...root, entries }, matrix).faults;
}

/** Refuses a `--set` that an axis would undo. */
function faultsOfOverrides(
  axes: readonly Axis[],
  overrides: readonly string[],
): readonly Fault[] {
  return overrides.flatMap((override) => {
    const path = parsePath(override.slice(0, override.indexOf("=")))!;
    const axis = axes.find(({ values }) =>
      values.some(({ settings }) => settings.some((s) => covers(s.path, path)))
    );
    if (!axis) return [];
    const place = { file: `--set ${override}`, at: null };
    const error = new ExperimentError(
      `Cannot set ${pathText(path)}: the axis "${axis.name}" of the matrix ` +
        "sets it",
      {
        where: place.file,
        fix: `Choose among its values by --only ${axis.name}=…, or change ` +
          `the axis by --set matrix.${axis.name}=…`,
      },
    );
    return [{ place, error }];
  });
}

function covers(path: Path, other: Path): boolean {
  return path.every((step, i) => step === other[i]);
}

function faultsOfSize(axes: readonly Axis[], { place }: MapNode): Fault[] {
  const count = axes.reduce((n, { values }) => n * values.length, 1);
  if (count <= mostVariants) return [];
  const [longest] = axes.toSorted((a, b) => b.values.length - a.values.length);
  const shown = count < 1e15 ? count.toLocaleString("en") : "over 10¹⁵";
  const factors = axes.slice(0, 6)
    .map(({ name, values }) => `${values.length} ${name}`);
  if (axes.length > factors.length) factors.push("…");
  const error = new ExperimentError(
    `Cannot expand the matrix: it has ${shown} variants ` +
      `(${factors.join(" × ")}), the most are ${
        mostVariants.toLocaleString("en")
      }`,
    {
      where: placeText(place, ["matrix"]),
      fix: "Take values or axes away, or split it into several files; " +
        `"${longest!.name}" is the longest axis`,
    },
  );
  return [{ place, error }];
}

/** An experiment of a matrix before it is planned. */
interface Unplanned {
  readonly values: Variant;
  readonly spec: Spec;
}

/** Every combination of values, the last axis fastest; each fault once. */
function expand(
  base: MapNode,
  axes: readonly Axis[],
): { readonly variants: readonly Unplanned[]; readonly faults: Fault[] } {
  const schemas = new Schemas(specSchema);
  const variants: Unplanned[] = [];
  const faults = new Map<string, Fault>();
  const addFaults = (found: readonly Fault[]) => {
    for (const fault of found) faults.set(`${fault.error}`, fault);
  };
  const visit = (
    root: MapNode,
    values: readonly (readonly [string, string])[],
  ) => {
    const axis = axes[values.length];
    if (!axis) {
      const { value: spec, faults } = checkExperiment(root, schemas);
      if (spec) variants.push({ values: Object.fromEntries(values), spec });
      addFaults(faults);
      return;
    }
    for (const value of axis.values) {
      const changed = change(root, value, schemas);
      addFaults(changed.faults);
      visit(changed.root, [...values, [axis.name, value.name]]);
    }
  };
  visit(base, []);
  return { variants, faults: [...faults.values()] };
}

/** An experiment with a value's settings, one after the other. */
function change(
  base: MapNode,
  { settings }: AxisValue,
  schemas: Schemas<typeof specSchema>,
): { readonly root: MapNode; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  let root = base;
  for (const { path, place, node } of settings) {
    const write = (near: Path) => `Write ${pathText(near)}`;
    const missing = firstMissing(root, path, schemas.json, write);
    if (missing) {
      const [message, fix] = missing;
      const where = placeText(place);
      faults.push({
        place,
        error: new ExperimentError(message, { where, fix }),
      });
    } else root = setValue(root, path, node, schemas.json);
  }
  return { root, faults };
}

/** Plans variants; what is wrong with several of them is told once. */
function planAll(variants: readonly Unplanned[]): MatrixVariant[] {
  const planned: MatrixVariant[] = [];
  const faults = new Map<string, { error: ExperimentError; in: Variant[] }>();
  for (const { values, spec } of variants) {
    try {
      planned.push({ values, plan: planExperiment(spec) });
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      const known = faults.get(`${error}`);
      if (known) known.in.push(values);
      else faults.set(`${error}`, { error, in: [values] });
    }
  }
  if (faults.size === 0) return planned;
  throw new ExperimentFaults(
    [...faults.values()].map(({ error, in: [first, ...others] }) => {
      const more = others.length > 0 ? ` and ${others.length} more` : "";
      return new ExperimentError(error.message, {
        where: `${error.where} in ${variantText(first!)}${more}`,
        fix: error.fix,
        cause: error,
      });
    }),
  );
}

/** Two variants of one plan would be one run that the report counts twice. */
function refuseTwins(variants: readonly MatrixVariant[], where: string): void {
  const byHash = Map.groupBy(variants, ({ plan }) => plan.hash);
  const twins = [...byHash.values()].find(({ length }) => length > 1);
  if (!twins) return;
  const [a, b] = twins.map(({ values }) => variantText(values));
  throw new ExperimentFaults([
    new ExperimentError(
      `Cannot tell two variants apart: ${a} and ${b} are the same experiment`,
      {
        where,
        fix: "Remove a value, or let it change what the result depends on",
      },
    ),
  ]);
}
