import { canonicalJson, type TraceSchema } from "@/core/mod.ts";

/**
 * The options whose default is another one than it was, by their paths, such as
 * `loss.terms[].dice.smooth`. Hashes of plans leave out what is at its first
 * default, so such an option has to say which that was, by `defaultChanged`. What
 * a `matrix` sets has its defaults where the option itself stands.
 */
export function changedDefaults(
  before: TraceSchema,
  now: TraceSchema,
): readonly string[] {
  const found = new Set<string>();
  const compare = (a: TraceSchema, b: TraceSchema, path: string) => {
    const was = resolved(a, before), is = resolved(b, now);
    if (firstOf(was) !== undefined && firstOf(was) !== firstOf(is)) {
      found.add(path);
    }
    for (const [key, option] of Object.entries(was.properties ?? {})) {
      if (path === "" && key === "matrix") continue;
      const other = is.properties?.[key];
      if (other) compare(option, other, path ? `${path}.${key}` : key);
    }
    if (was.items && is.items) compare(was.items, is.items, `${path}[]`);
    for (const one of was.oneOf ?? []) {
      const type = typeOf(one, before);
      const other = is.oneOf?.find((other) => typeOf(other, now) === type);
      if (other) compare(one, other, `${path}.${type}`);
    }
    for (const [i, one] of (was.anyOf ?? []).entries()) {
      const other = is.anyOf?.[i];
      if (other) compare(one, other, path);
    }
  };
  compare(before, now, "");
  return [...found];
}

/** The default that leaves no trace, as JSON. */
function firstOf(option: TraceSchema): string | undefined {
  const first = option.firstDefault ?? option.default;
  return first === undefined ? undefined : canonicalJson(first);
}

function typeOf(entry: TraceSchema, root: TraceSchema): string | undefined {
  return resolved(entry, root).properties?.["type"]?.const;
}

/** A schema in place of a reference to it. */
function resolved(schema: TraceSchema, root: TraceSchema): TraceSchema {
  if (schema.$ref === undefined) return schema;
  const found = schema.$ref.split("/").slice(1).reduce<unknown>(
    (at, step) => (at as Record<string, unknown>)[step],
    root,
  );
  return resolved(found as TraceSchema, root);
}
