import * as z from "zod";
import { ExperimentError } from "@/core/mod.ts";
import type { MapNode } from "../spec/node.ts";
import { covers, parsePath } from "../spec/override.ts";
import { type Fault, pathText, placeText } from "../spec/place.ts";
import { checkExperiment, type ReadOptions, Schemas } from "../spec/read.ts";
import type { Axis } from "./axes.ts";
import { severalSchema } from "./matrix_schema.ts";

/** The most experiments that one matrix may have. */
const mostVariants = 1000;

/** What makes several experiments of one file. */
export type SeveralKey = "matrix" | "search";

/** Faults of the matrix or the search as such; those of the rest are found in the variants. */
export function faultsOfForm(root: MapNode, key: SeveralKey): readonly Fault[] {
  const { [key]: schema } = severalSchema.shape;
  const entries = new Map([[key, root.entries.get(key)!]]);
  const schemas = new Schemas(z.strictObject({ [key]: schema }));
  return checkExperiment({ ...root, entries }, schemas).faults;
}

/** Refuses a `--set` that an axis would undo. */
export function faultsOfOverrides(
  axes: readonly Axis[],
  { overrides, shown }: Pick<Required<ReadOptions>, "overrides" | "shown">,
): readonly Fault[] {
  return overrides.flatMap((override) => {
    const path = parsePath(override.slice(0, override.indexOf("=")))!;
    const axis = axes.find(({ values }) =>
      values.some(({ settings }) => settings.some((s) => covers(s.path, path)))
    );
    if (!axis) return [];
    const file = shown.get(override) ?? `--set ${override}`;
    const place = { file, at: null };
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

export function faultsOfSize(
  axes: readonly Axis[],
  { place }: Pick<MapNode, "place">,
): readonly Fault[] {
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
