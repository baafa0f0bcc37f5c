import * as z from "zod";
import { canonicalJson } from "./text.ts";

/**
 * What an option decides if not the weights that training ends with: what is
 * measured of them, or no number at all.
 */
export type Decides = "measurement" | "nothing";

/** What is known of an option besides what may be written for it. */
export interface TraceMarks {
  /** What it decides; weights by default. */
  readonly decides?: Decides;
  /** The default it had at first, if that was another one. */
  readonly firstDefault?: unknown;
}

const marks = z.registry<TraceMarks>();

/**
 * Says that an option decides no weights. The last thing to be said of an
 * option, as what is made of it then is another one; the option is returned.
 *
 * @example Features are kept or computed again, with the same bits
 * ```ts
 * import { deciding, flag } from "@/core/mod.ts";
 *
 * const options = {
 *   recompute: deciding("nothing", flag(false, "computes blocks again")),
 * };
 * if (options.recompute.parse(undefined) !== false) throw new Error();
 * ```
 */
export function deciding<Option extends z.ZodType>(
  what: Decides,
  option: Option,
): Option {
  marks.add(option, { ...marks.get(option), decides: what });
  return option;
}

/**
 * Says that the default of an option was `first` before it became what it is:
 * hashes of plans go by the first one, for good, so that plans that fill in
 * either value keep theirs.
 */
export function defaultChanged<Option extends z.ZodType>(
  first: unknown,
  option: Option,
): Option {
  marks.add(option, { ...marks.get(option), firstDefault: first });
  return option;
}

/** What was said of an option, a zod type. */
export function traceMarks(option: object): TraceMarks {
  return marks.get(option as z.ZodType) ?? {};
}

/** What a JSON Schema says of traces. */
export interface TraceSchema extends TraceMarks {
  /** Where in the same document the schema stands. */
  readonly $ref?: string;
  /** What a file gets that leaves it out. */
  readonly default?: unknown;
  /** The one text it can be. */
  readonly const?: string;
  /** Its keys. */
  readonly properties?: Readonly<Record<string, TraceSchema>>;
  /** Entries of different types. */
  readonly oneOf?: readonly TraceSchema[];
  /** Alternatives. */
  readonly anyOf?: readonly TraceSchema[];
  /** What a list holds. */
  readonly items?: TraceSchema | false;
}

/**
 * What a value leaves in a hash: all of it but options at their first defaults,
 * whether they were written or not, and those that decide what is in `without`.
 * So an option that is new and stands at its default leaves no trace. A part
 * that the schema does not know stays as it is.
 */
export function traceOf(
  value: unknown,
  schema: TraceSchema,
  { without, root = schema }: {
    readonly without: readonly Decides[];
    readonly root?: TraceSchema;
  },
): unknown {
  const options = { without, root };
  const { entry, form } = entryOf(value, refersTo(schema, root), root);
  if (Array.isArray(entry)) {
    return entry.map((item) => traceOf(item, form.items || {}, options));
  }
  if (typeof entry !== "object" || entry === null) return entry;
  const kept = Object.entries(entry).flatMap(([key, part]) => {
    const option = Object.hasOwn(form.properties ?? {}, key)
      ? refersTo(form.properties![key]!, root)
      : {};
    const isLeftOut = part === undefined ||
      option.decides !== undefined && without.includes(option.decides);
    if (isLeftOut) return [];
    const trace = traceOf(part, option, options);
    const isFirst = canonicalJson(trace) === firstTrace(option, options);
    return isFirst ? [] : [[key, trace] as const];
  });
  return Object.fromEntries(kept);
}

/** What an option leaves at its first default, as JSON; undefined without one. */
function firstTrace(
  option: TraceSchema,
  options: Parameters<typeof traceOf>[2],
): string | undefined {
  const first = option.firstDefault ?? option.default;
  if (first === undefined) return undefined;
  const known = firstTraces.get(option) ?? new Map<string, string>();
  firstTraces.set(option, known);
  const key = options.without.join();
  const trace = known.get(key) ??
    canonicalJson(traceOf(first, option, options));
  known.set(key, trace);
  return trace;
}
const firstTraces = new WeakMap<TraceSchema, Map<string, string>>();

/** A value in full, and which of several schemas it follows; a name alone stands for its entry. */
function entryOf(
  value: unknown,
  form: TraceSchema,
  root: TraceSchema,
): { readonly entry: unknown; readonly form: TraceSchema } {
  const all = [form, ...form.anyOf ?? []].map((one) => refersTo(one, root));
  const types = all.flatMap(({ oneOf = [] }) => oneOf)
    .map((one) => refersTo(one, root));
  const isMapping = typeof value === "object" && value !== null &&
    !Array.isArray(value);
  const entry = typeof value === "string" && types.length > 0
    ? { type: value }
    : value;
  if (!isMapping && entry === value) {
    return { entry, form: all.find(({ items }) => items) ?? form };
  }
  const { type } = entry as { readonly type?: unknown };
  const named = types.find(({ properties }) =>
    properties?.["type"]?.const === type
  );
  return { entry, form: named ?? all.find((one) => one.properties) ?? form };
}

/** A schema itself, where it only says where it stands; what is said besides counts too. */
function refersTo(schema: TraceSchema, root: TraceSchema): TraceSchema {
  const { $ref, ...said } = schema;
  if ($ref === undefined) return schema;
  const known = referred.get(schema);
  if (known) return known;
  const place = $ref.replace(/^#\/?/, "").split("/").filter((step) => step);
  const found = place.reduce<unknown>(
    (at, step) => (at as Record<string, unknown>)[step],
    root,
  );
  const whole = { ...refersTo(found as TraceSchema, root), ...said };
  referred.set(schema, whole);
  return whole;
}
const referred = new WeakMap<TraceSchema, TraceSchema>();
