import {
  type FlatPlan,
  isNested,
  planValues,
  spaced,
  telling,
} from "../plan.ts";

/** What says nothing about how a run was made, or only repeats what does. */
const unlike = ["format", "name", "hash"].concat(telling);

/**
 * A plan by its paths, to be compared: as `flattenPlan` has it, but lists by
 * what they hold and not by position, `loss.terms[dice].weight`; the path of
 * such a list itself names its items, in their order. Hashes are left out.
 */
export function comparedPlan(plan: string): FlatPlan {
  const values = planValues(plan);
  if (values === null) return new Map([["plan", plan]]);
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) {
    if (!unlike.includes(key)) add(value, key, flat);
  }
  return flat;
}

function add(value: unknown, path: string, flat: Map<string, string>): void {
  if (!isNested(value)) flat.set(path, JSON.stringify(value));
  else if (Array.isArray(value)) addList(value, path, flat);
  else {
    const entries = Object.entries(value);
    if (entries.length === 0 && !path.endsWith("]")) flat.set(path, "{}");
    for (const [key, one] of entries) add(one, `${path}.${key}`, flat);
  }
}

function addList(
  list: readonly unknown[],
  path: string,
  flat: Map<string, string>,
): void {
  if (list.every((one) => !isNested(one))) {
    flat.set(path, spaced(list));
    return;
  }
  const seen = new Map<string, number>();
  const keys = list.map((one, i) => {
    const name = nameOf(one) ?? `${i}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  });
  flat.set(path, `[${keys.join(", ")}]`);
  list.forEach((one, i) => {
    const { type, ...rest } = isNested(one) ? one as { type?: unknown } : {};
    const told = type === keys[i]!.replace(/ \d+$/, ""); // by its key
    add(told ? rest : one, `${path}[${keys[i]}]`, flat);
  });
}

/** What tells an item of a list from the others, whatever its place; null if nothing does. */
function nameOf(item: unknown): string | null {
  if (!isNested(item)) return null;
  const { type, name, source } = item as {
    type?: unknown;
    name?: unknown;
    source?: unknown;
  };
  if (typeof name === "string") return name;
  if (isNested(source)) {
    const { file, type, seed } = source as Record<string, unknown>;
    return [file ?? type, seed].filter((part) => part !== undefined)
      .join(" ") || null;
  }
  return typeof type === "string" ? type : null;
}
