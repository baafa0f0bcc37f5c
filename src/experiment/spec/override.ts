import { ExperimentError, nearestName } from "@/core/mod.ts";
import { type JsonSchema, oneOf, schemaAt } from "../schema/json_schema.ts";
import { childOf, type MapNode, type Node, nodeOf, valueOf } from "./node.ts";
import {
  type Fault,
  type Path,
  pathText,
  type Place,
  placeText,
  shownKey,
} from "./place.ts";
import { readYaml } from "./read_yaml.ts";
import { homeOf } from "./unknown_key.ts";

/** What an override did: the experiment with the new value, or why there is none. */
export interface OverrideResult {
  /** The experiment, changed if there is no fault. */
  readonly root: MapNode;
  /** What is wrong with the override. */
  readonly faults: readonly Fault[];
}

/**
 * Sets one value of an experiment as `--set path=value` asks: `value` is YAML,
 * `path` is `loss.terms[1].weight`. A key that the file leaves to its default
 * may be set; a path the schema does not have may not.
 */
export function applyOverride(
  override: string,
  { root, schema, shown = `--set ${override}` }: {
    readonly root: MapNode;
    readonly schema: JsonSchema;
    /** How the user wrote it. */
    readonly shown?: string | undefined;
  },
): OverrideResult {
  const place: Place = { file: shown, at: null };
  const refuse = (message: string, fix: string): OverrideResult => {
    const error = new ExperimentError(message, {
      where: placeText(place),
      fix,
    });
    return { root, faults: [{ place, error }] };
  };
  const [, setting, text] = /^([^=]*)=([^]*)$/.exec(override) ?? [];
  const path = setting === undefined ? null : parsePath(setting);
  if (!path) {
    return refuse(
      `Cannot set "${
        shownKey(override)
      }": it is not a path, an equals sign and a value`,
      "Write it like --set train.batch=2 or --set 'loss.terms[1].weight=2'",
    );
  }
  const write = (near: Path) => `Write --set ${pathText(near)}=…`;
  const missing = firstMissing(path, { root, schema, write });
  if (missing) return refuse(...missing);
  const { file } = place;
  const { root: value, faults } = readYaml(text!, { file, path });
  return {
    root: value ? setValue(root, { path, value, schema }) : root,
    faults,
  };
}

/** A copy of an experiment with a value at a path that {@linkcode firstMissing} allows. */
export function setValue(
  root: MapNode,
  { path, value, schema }: {
    readonly path: Path;
    readonly value: Node;
    readonly schema: JsonSchema;
  },
): MapNode {
  return replace(root, path, value, schema) as MapNode;
}

/** Reads `loss.terms[1].weight` or `loss.terms.1.weight`; null if it is no path. */
export function parsePath(text: string): Path | null {
  if (!/^[A-Za-z_]\w*(\.\w+|\[\d+\])*$/.test(text)) return null;
  return [...text.matchAll(/\w+/g)].map(([step]) =>
    /^\d+$/.test(step!) ? Number(step) : step!
  );
}

/** Whether a path is another one, or leads there. */
export function covers(path: Path, other: Path): boolean {
  return path.every((step, i) => step === other[i]);
}

/**
 * Why a path leads nowhere, and what to write instead, `write` for the nearest
 * path there is; null if it leads somewhere.
 */
export function firstMissing(
  path: Path,
  { root, schema, write }: {
    readonly root: Node;
    readonly schema: JsonSchema;
    readonly write: (near: Path) => string;
  },
): [message: string, fix: string] | null {
  const cannot = `Cannot set ${pathText(path)}`;
  let node: Node | undefined = root, here: JsonSchema = schema;
  for (const [i, step] of path.entries()) {
    const above = path.slice(0, i);
    here = schemaAt(here, { path: [], value: node && valueOf(node) }) ?? {};
    if (typeof step === "number") {
      const items: number = node?.kind === "list" ? node.items.length : 0;
      if (step >= items) {
        return [`${cannot}: ${tooFew(above, items)}`, pick(items)];
      }
    } else {
      const known = Object.keys(here.properties ?? {});
      if (!known.includes(step) && !here.additionalProperties) {
        const rest = path.slice(i + 1);
        const home = i === 0 && homeOf(step, { schema });
        const near = nearestName(step, known);
        const nearPath = home
          ? [home, step, ...rest]
          : near && [...above, near, ...rest];
        return [
          `${cannot}: ${pathText(above) || "an experiment"} has no "${step}"`,
          nearPath
            ? write(nearPath)
            : known.length > 0
            ? `Use ${oneOf(known)}`
            : `Set ${pathText(above)} itself`,
        ];
      }
    }
    const below = schemaAt(here, {
      path: [step],
      value: node && valueOf(node),
    });
    node = node && partOf(node, step, below);
    here = below ?? {};
  }
  return null;
}

function tooFew(path: Path, items: number): string {
  return `${pathText(path)} has ${items} ${items === 1 ? "item" : "items"}`;
}

function pick(items: number): string {
  if (items === 0) return "Set the whole list";
  const numbers = items === 1 ? "[0]" : `[0] to [${items - 1}]`;
  return `Use ${numbers}, or set the whole list`;
}

/** What stands at a step, its default where the file is silent. */
function partOf(
  node: Node,
  step: string | number,
  schema: JsonSchema | undefined,
): Node | undefined {
  return childOf(node, step) ??
    (schema?.default === undefined
      ? undefined
      : nodeOf(schema.default, node.place));
}

/** A copy of `node` with `value` at `path`; what is missing on the way comes from defaults. */
function replace(
  node: Node,
  path: Path,
  value: Node,
  schema: JsonSchema | undefined,
): Node {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const { place } = value;
  const below = schema &&
    schemaAt(schema, { path: [step], value: valueOf(node) });
  const part = partOf(node, step, below) ??
    { kind: "map", place, entries: new Map() };
  const changed = replace(part, rest, value, below);
  if (node.kind === "list") {
    return { ...node, items: node.items.with(Number(step), changed) };
  }
  const entries = new Map(node.kind === "map" ? node.entries : []);
  entries.set(String(step), {
    keyPlace: entries.get(String(step))?.keyPlace ?? place,
    node: changed,
  });
  return { kind: "map", place: node.place, entries };
}
