import { ExperimentError } from "@/core/mod.ts";
import type { MapNode } from "../spec/node.ts";
import { covers, parsePath } from "../spec/override.ts";
import {
  type Fault,
  type Path,
  pathText,
  type Place,
  placeText,
} from "../spec/place.ts";
import type { ReadOptions } from "../spec/read.ts";
import { type Distribution, distributions } from "./distribution/mod.ts";
import type { SearchSpec } from "./search_schema.ts";

/** An option that differs between trials. */
export interface SearchedOption {
  /** Its path as the file writes it, which names it. */
  readonly name: string;
  /** The same, taken apart. */
  readonly path: Path;
  /** Where the file names it. */
  readonly place: Place;
  /** What it can be. */
  readonly distribution: Distribution;
}

/** Options that no search varies: why not, and what to do. */
const never: Readonly<Record<string, readonly [reason: string, fix: string]>> =
  {
    name: [
      "all trials share it",
      "Remove it; trials are told apart by numbers",
    ],
    seed: [
      "the best of several seeds is luck",
      "Remove it; train the best once more with other seeds, as a matrix",
    ],
    search: ["a search has no search", "Remove it"],
    matrix: ["a search has no matrix", "Remove it"],
  };

/**
 * The options of a checked `search.over`, in the file's order, and what is wrong
 * with their paths; whether these lead somewhere is not looked at.
 */
export function readSpace(
  over: MapNode,
  entries: SearchSpec["over"],
): {
  readonly options: readonly SearchedOption[];
  readonly faults: readonly Fault[];
} {
  const options: SearchedOption[] = [];
  const faults: Fault[] = [];
  const refuse = (
    place: Place,
    name: string,
    [reason, fix]: readonly [reason: string, fix: string],
  ) =>
    faults.push({
      place,
      error: new ExperimentError(`Cannot search over "${name}": ${reason}`, {
        where: placeText(place, ["search", "over", name]),
        fix,
      }),
    });
  for (const [name, { keyPlace: place }] of over.entries) {
    const path = parsePath(name);
    const known = path &&
      options.find((one) => covers(one.path, path) || covers(path, one.path));
    const reason = !path
      ? [
        "it is not a path",
        "Write a path such as optimizer.learningRate or loss.terms[1].weight",
      ] as const
      : never[path[0]!] ??
        (known && [
          `it is varied by ${pathText(known.path)} too`,
          "Remove one of the two",
        ] as const);
    if (reason) refuse(place, name, reason);
    else {
      const distribution = distributions.create(entries[name]!);
      options.push({ name, path: path!, place, distribution });
    }
  }
  if (over.entries.size === 0) {
    refuse(over.place, "nothing", [
      "there is no option",
      "Add one, such as optimizer.learningRate: " +
      "{ type: logUniform, within: [1e-4, 1e-2] }",
    ]);
  }
  return { options, faults };
}

/** Refuses a `--set` that a search would undo. */
export function faultsOfSetting(
  options: readonly SearchedOption[],
  { overrides, shown }: Pick<Required<ReadOptions>, "overrides" | "shown">,
): readonly Fault[] {
  return overrides.flatMap((override) => {
    const path = parsePath(override.slice(0, override.indexOf("=")))!;
    const option = options.find((one) => covers(one.path, path));
    if (!option) return [];
    const place = {
      file: shown.get(override) ?? `--set ${override}`,
      at: null,
    };
    const error = new ExperimentError(
      `Cannot set ${pathText(path)}: the search varies ${option.name}`,
      { where: place.file, fix: "Take it out of search.over in the file" },
    );
    return [{ place, error }];
  });
}
