import type { Path, Place } from "./place.ts";

/** One value of an experiment file that knows where it was written. */
export type Node = MapNode | ListNode | ScalarNode | UnknownNode;

/** Keys and values; keys are unique. */
export interface MapNode {
  readonly kind: "map";
  readonly place: Place;
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** A key of a map with its value. */
export interface MapEntry {
  readonly keyPlace: Place;
  readonly node: Node;
}

/** Values in order. */
export interface ListNode {
  readonly kind: "list";
  readonly place: Place;
  readonly items: readonly Node[];
}

/** A text, number, truth value or nothing. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly place: Place;
  readonly value: string | number | boolean | null;
}

/** Something that could not be read; its fault is reported already. */
export interface UnknownNode {
  readonly kind: "unknown";
  readonly place: Place;
}

/** The plain value of a node; undefined where it is unknown. */
export function valueOf(node: Node): unknown {
  if (node.kind === "unknown") return undefined;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(valueOf);
  return Object.fromEntries(
    [...node.entries].map(([key, entry]) => [key, valueOf(entry.node)]),
  );
}

/** A node for a plain value, all of it at one place. */
export function nodeOf(value: unknown, place: Place): Node {
  if (Array.isArray(value)) {
    return {
      kind: "list",
      place,
      items: value.map((item) => nodeOf(item, place)),
    };
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, part]) =>
      [key, { keyPlace: place, node: nodeOf(part, place) }] as const
    );
    return { kind: "map", place, entries: new Map(entries) };
  }
  return { kind: "scalar", place, value: value as ScalarNode["value"] };
}

/** The node below `node` under a key or number, if it is there. */
export function childOf(node: Node, step: string | number): Node | undefined {
  if (node.kind === "map") return node.entries.get(String(step))?.node;
  if (node.kind === "list") return node.items[Number(step)];
  return undefined;
}

/** The value at `path`, or the innermost value there is on the way to it. */
export function nodeToward(root: Node, path: Path): Node {
  let node = root;
  for (const step of path) {
    const next = childOf(node, step);
    if (!next) break;
    node = next;
  }
  return node;
}

/**
 * `base` with the values of `over`: maps merge, everything else is replaced. An
 * entry of another `type` is replaced too, as its options are others.
 */
export function mergeMaps(base: MapNode, over: MapNode): MapNode {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key)?.node;
    const merges = below?.kind === "map" && entry.node.kind === "map" &&
      !hasOtherType(below, entry.node);
    entries.set(
      key,
      merges ? { ...entry, node: mergeMaps(below, entry.node) } : entry,
    );
  }
  return { kind: "map", place: over.place, entries };
}

/** Whether both maps have a `type`, and not the same. */
function hasOtherType(base: MapNode, over: MapNode): boolean {
  const [a, b] = [base, over].map((map) => map.entries.get("type")?.node);
  return a?.kind === "scalar" && b?.kind === "scalar" && a.value !== b.value;
}
