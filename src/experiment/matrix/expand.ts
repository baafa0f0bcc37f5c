import { ExperimentError } from "@/core/mod.ts";
import type { Variant } from "@/record/mod.ts";
import type { MapNode } from "../spec/node.ts";
import { firstMissing, setValue } from "../spec/override.ts";
import { type Fault, type Path, pathText, placeText } from "../spec/place.ts";
import { checkExperiment, Schemas } from "../spec/read.ts";
import type { Spec } from "../spec/spec.ts";
import { specSchema } from "../spec/spec_schema.ts";
import type { Axis, AxisValue } from "./axes.ts";

/** An experiment of a matrix before it is planned. */
export interface Unplanned {
  /** Its place. */
  readonly values: Variant;
  /** The experiment. */
  readonly spec: Spec;
}

/** Every combination of values, the last axis fastest; each fault once. */
export function expand(
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
    const missing = firstMissing(path, { root, schema: schemas.json, write });
    if (missing) {
      const [message, fix] = missing;
      const where = placeText(place);
      faults.push({
        place,
        error: new ExperimentError(message, { where, fix }),
      });
    } else root = setValue(root, { path, value: node, schema: schemas.json });
  }
  return { root, faults };
}
