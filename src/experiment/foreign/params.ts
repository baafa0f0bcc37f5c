/** The seed among some options, 0 if there is none, and the others. */
export function seedOf(params: Readonly<Record<string, string>>): {
  readonly seed: number;
  readonly params: ReadonlyMap<string, string>;
} {
  const others = new Map(Object.entries(params));
  for (const [name, text] of others) {
    const isSeed = /(^|[._/-])seed$/i.test(name) && /^\d+$/.test(text);
    if (!isSeed || !Number.isSafeInteger(Number(text))) continue;
    others.delete(name);
    return { seed: Number(text), params: others };
  }
  return { seed: 0, params: others };
}

/** Values by their names, in groups. */
export interface Tree {
  [name: string]: Tree | string | number | boolean;
}

/**
 * Texts by names with dots in them as a tree, what reads as a number or a flag as
 * that. Where `a` is a text itself, `a.b` stays one name.
 */
export function treeOf(texts: ReadonlyMap<string, string>): Tree {
  const tree = emptyTree();
  for (const [name, text] of [...texts].toSorted()) {
    const groups = name.split("."), last = groups.pop()!;
    const group = groupAt(tree, groups);
    if (group) group[last] = valueOf(text);
    else tree[name] = valueOf(text);
  }
  return tree;
}

/** The group at a path, made if need be; null where a value stands in the way. */
function groupAt(tree: Tree, path: readonly string[]): Tree | null {
  let at = tree;
  for (const name of path) {
    const next = at[name] ??= emptyTree();
    if (typeof next !== "object") return null;
    at = next;
  }
  return at;
}

/** One in which every name is free, `__proto__` too. */
function emptyTree(): Tree {
  return Object.create(null);
}

function valueOf(text: string): string | number | boolean {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === "true";
  const isNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
  return isNumber && Number.isFinite(Number(text)) ? Number(text) : text;
}
