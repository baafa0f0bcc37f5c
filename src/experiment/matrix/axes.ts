import { ExperimentError } from "@/core/mod.ts";
import { isAddition } from "@/record/mod.ts";
import { flowText } from "../schema/json_schema.ts";
import { type MapNode, type Node, valueOf } from "../spec/node.ts";
import { parsePath } from "../spec/override.ts";
import { type Fault, type Path, type Place, placeText } from "../spec/place.ts";

/** A value to put at a path of the experiment. */
export interface Setting {
  /** Where it goes. */
  readonly path: Path;
  /** Where the file names the path. */
  readonly place: Place;
  /** What goes there. */
  readonly node: Node;
}

/** One of the things an axis can be. */
export interface AxisValue {
  /** What it is called. */
  readonly name: string;
  /** What it changes, in order. */
  readonly settings: readonly Setting[];
}

/** Something that differs between the experiments of a matrix. */
export interface Axis {
  /** What it is called. */
  readonly name: string;
  /** What it can be, at least one thing. */
  readonly values: readonly AxisValue[];
}

/** The longest name of an axis or a value. */
const longestName = 60;

/**
 * The axes of a checked `matrix`, in the file's order, and what is wrong with
 * them. Whether paths lead somewhere is not looked at.
 */
export function readAxes(
  matrix: MapNode,
): { readonly axes: readonly Axis[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const refuse: Refuse = (place, path, message, fix) => {
    const where = placeText(place, ["matrix", ...path]);
    const error = new ExperimentError(message, { where, fix });
    faults.push({ place, error });
  };
  const axes = [...matrix.entries].map(([name, { keyPlace, node }]) => {
    checkName(name, keyPlace, [name], refuse);
    const values = node.kind === "list"
      ? listed(name, keyPlace, node.items, refuse)
      : node.kind === "map"
      ? named(name, node, refuse)
      : [];
    if (values.length === 0 && node.kind === "map") {
      refuse(
        keyPlace,
        [name],
        `Cannot use the axis "${name}": it has no value`,
        "Remove it, or write sets of values by name",
      );
    }
    return { name, values };
  });
  if (axes.length === 0) {
    refuse(
      matrix.place,
      [],
      "Cannot use the matrix: it has no axis",
      "Remove it, or write an axis such as seed: [1, 2, 3]",
    );
  }
  return { axes, faults };
}

type Refuse = (place: Place, path: Path, message: string, fix: string) => void;

/** `seed: [1, 2, 3]`: values of the key that the axis is named after. */
function listed(
  axis: string,
  place: Place,
  items: readonly Node[],
  refuse: Refuse,
): AxisValue[] {
  const path = pathOf(axis, place, [axis], refuse);
  const values = items.map((node) => ({
    name: valueName(valueOf(node)),
    settings: path ? [{ path, place, node }] : [],
  }));
  for (const [i, { name }] of values.entries()) {
    checkName(name, items[i]!.place, [axis, i], refuse);
    if (values.findIndex((value) => value.name === name) === i) continue;
    refuse(
      items[i]!.place,
      [axis, i],
      `Cannot use the axis "${axis}": it has ${name} twice`,
      "Remove one of them",
    );
  }
  return values;
}

/** `loss: { dice: { loss.terms: … } }`: sets of values by name. */
function named(axis: string, map: MapNode, refuse: Refuse): AxisValue[] {
  const values: AxisValue[] = [];
  for (const [name, { keyPlace, node }] of map.entries) {
    checkName(name, keyPlace, [axis, name], refuse);
    const entries = node.kind === "map" ? [...node.entries] : [];
    const settings = entries.flatMap(([key, entry]) => {
      const place = entry.keyPlace;
      const path = pathOf(key, place, [axis, name, key], refuse);
      return path ? [{ path, place, node: entry.node }] : [];
    });
    const above = values.at(-1);
    if (isAddition(name) && !above) {
      refuse(
        keyPlace,
        [axis, name],
        `Cannot add "${name}": there is no value above it on the axis "${axis}"`,
        "Write what it adds to first, such as baseline: {}",
      );
    }
    values.push({
      name,
      settings: isAddition(name) && above
        ? [...above.settings, ...settings]
        : settings,
    });
  }
  return values;
}

/** What a listed value is called: an entry that is only a type by its type. */
export function valueName(value: unknown): string {
  if (typeof value === "string") return value;
  const isEntry = typeof value === "object" && value !== null &&
    Object.keys(value).join() === "type";
  return isEntry ? `${(value as { type: unknown }).type}` : flowText(value);
}

function checkName(
  name: string,
  place: Place,
  path: Path,
  refuse: Refuse,
): void {
  const isAxis = path.length === 1;
  const reason = name.length > longestName
    ? `it has more than ${longestName} letters`
    : name.trim() !== name || name === "" || /[\p{Cc}]/u.test(name)
    ? "it is empty, or has spaces or line ends around it"
    : isAxis && name.includes("=")
    ? "it has an equals sign"
    : null;
  if (reason === null) return;
  refuse(
    place,
    path,
    `Cannot use ${JSON.stringify(name.slice(0, longestName))} as the name of ` +
      `${isAxis ? "an axis" : "a value"}: ${reason}`,
    isAxis
      ? "Write a short name, such as loss"
      : "Write the axis as sets of values with short names",
  );
}

function pathOf(
  text: string,
  place: Place,
  here: Path,
  refuse: Refuse,
): Path | null {
  const path = parsePath(text);
  if (!path) {
    refuse(
      place,
      here,
      `Cannot set "${text}": it is not a path`,
      "Write a path such as train.batch or loss.terms[1].weight",
    );
  } else if (path[0] === "name") {
    refuse(
      place,
      here,
      "Cannot set name: all experiments of a matrix share it",
      "Remove it; the names of the values tell them apart",
    );
    return null;
  }
  return path;
}
