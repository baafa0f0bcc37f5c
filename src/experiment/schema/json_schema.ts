import * as z from "zod";
import { canonicalJson, type TraceMarks, traceMarks } from "@/core/mod.ts";

/** The part of JSON Schema (2020-12) that option types become. */
export interface JsonSchema extends TraceMarks {
  /** Where in the same document the schema stands. */
  readonly $ref?: string;
  /** Its name, in place of a description of its type. */
  readonly title?: string;
  /** `object`, `array`, `string`, `number`, `integer` or `boolean`. */
  readonly type?: string;
  /** The one text it can be. */
  readonly const?: string;
  /** The texts it can be. */
  readonly enum?: readonly string[];
  /** What a file gets that leaves it out. */
  readonly default?: unknown;
  /** What it sets, in one line. */
  readonly description?: string;
  /** Its keys. */
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /** What keys hold whose names match a regular expression. */
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  /** What keys of any other name hold; false if there are none. */
  readonly additionalProperties?: JsonSchema | false;
  /** The keys that have no default. */
  readonly required?: readonly string[];
  /** Entries of different types. */
  readonly oneOf?: readonly JsonSchema[];
  /** Alternatives. */
  readonly anyOf?: readonly JsonSchema[];
  /** What a list holds. */
  readonly items?: JsonSchema | false;
  /** What a list of fixed length holds, place by place. */
  readonly prefixItems?: readonly JsonSchema[];
  /** The least length. */
  readonly minItems?: number;
  /** The greatest length. */
  readonly maxItems?: number;
  /** The least number. */
  readonly minimum?: number;
  /** The greatest number. */
  readonly maximum?: number;
  /** What a number must be above. */
  readonly exclusiveMinimum?: number;
  /** What a number must be below. */
  readonly exclusiveMaximum?: number;
  /** The regular expression of a text. */
  readonly pattern?: string;
}

type JsonDefault = NonNullable<z.core.JSONSchema.BaseSchema["default"]>;

/** That of an experiment takes 10 ms, and is asked for at every fault. */
const known = new WeakMap<z.ZodType, JsonSchema>();

/** What may be written for a schema, as JSON Schema; defaults are shown, not required. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const made = known.get(schema) ?? makeJsonSchema(schema);
  known.set(schema, made);
  return made;
}

function makeJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, traceMarks(zodSchema));
      // zod keeps it back where entries have presets, as it might not be input.
      const { def } = zodSchema._zod;
      if (def.type === "default") {
        jsonSchema.default ??= (def as z.core.$ZodDefaultDef)
          .defaultValue as JsonDefault;
      }
      // Noise in an editor: every list is read-only, every integer is a safe one.
      delete jsonSchema.readOnly;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) {
        delete jsonSchema.minimum;
      }
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
        delete jsonSchema.maximum;
      }
    },
  }) as JsonSchema;
}

/**
 * The schema of what stands at `path` of `value`; undefined where the schema
 * has nothing. Among the types of an entry, the one `value` names is followed;
 * where it names none, the entry with all its types is the answer.
 */
export function schemaAt(
  schema: JsonSchema,
  { path, value }: {
    readonly path: readonly (string | number)[];
    readonly value: unknown;
  },
): JsonSchema | undefined {
  const here = entryOf(schema, value);
  const [step, ...rest] = path;
  if (step === undefined) return here;
  const below = typeof step === "number"
    ? here.prefixItems?.[step] ?? (here.items || undefined)
    : Object.hasOwn(here.properties ?? {}, step)
    ? here.properties![step]
    : here.additionalProperties || undefined;
  const part = (value as Record<string | number, unknown> | null)?.[step];
  return below && schemaAt(below, { path: rest, value: part });
}

/**
 * The member of a union of `{ type, … }` entries that `value` names; among
 * alternatives, the mapping if it is one.
 */
function entryOf(schema: JsonSchema, value: unknown): JsonSchema {
  if (typeof value !== "object" || value === null) return schema;
  const { type } = value as { type?: unknown };
  const named = schema.oneOf
    ?.find((one) => one.properties?.type?.const === type);
  const mapping = schema.anyOf
    ?.find((one) => (one.properties || one.oneOf) && !Array.isArray(value));
  return named ?? (mapping ? entryOf(mapping, value) : schema);
}

/** The names an entry's `type` can have; none if it is not such an entry. */
export function typesOf(schema: JsonSchema): string[] {
  return (schema.oneOf ?? []).flatMap((one) =>
    one.properties?.type?.const ?? []
  );
}

/** The default as a reader would write it, or undefined. */
export function defaultText(
  { default: value }: JsonSchema,
): string | undefined {
  return value === undefined ? undefined : flowText(value);
}

/** A value in YAML's flow style: `[8, 96, 96]`, `{ type: adam }`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).map(([k, v]) => `${k}: ${flowText(v)}`);
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
  }
  return typeof value === "string" && /^[A-Za-z][\w ./-]*$/.test(value)
    ? value
    : canonicalJson(value);
}

/** What may stand there, in words: `a whole number of at least 1`, or its title. */
export function expectationOf(schema: JsonSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.const !== undefined) return `"${schema.const}"`;
  if (schema.enum) return oneOf(schema.enum);
  if (schema.oneOf) return `an entry such as { type: ${typesOf(schema)[0]} }`;
  if (schema.anyOf) return schema.anyOf.map(expectationOf).join(" or ");
  switch (schema.type) {
    case "integer":
      return `a whole number${range(schema)}`;
    case "number":
      return `a number${range(schema)}`;
    case "boolean":
      return "true or false";
    case "string":
      return schema.pattern
        ? `a text that matches ${schema.pattern}`
        : "a text";
    case "array":
      return list(schema);
    case "object":
      return `a mapping with ${
        oneOf(
          schema.required ?? Object.keys(schema.properties ?? {}),
          "some of",
        )
      }`;
    default:
      return "another value";
  }
}

/** Names for a sentence: `"a"`, or `one of "a", "b"`. */
export function oneOf(names: readonly string[], which = "one of"): string {
  const quoted = names.map((name) => `"${name}"`).join(", ");
  return names.length === 1 ? quoted : `${which} ${quoted}`;
}

function range(schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (minimum !== undefined && maximum !== undefined) {
    return ` from ${minimum} to ${maximum}`;
  }
  const low = minimum !== undefined
    ? ` of at least ${minimum}`
    : exclusiveMinimum !== undefined
    ? ` above ${exclusiveMinimum}`
    : "";
  const high = maximum !== undefined
    ? ` of at most ${maximum}`
    : exclusiveMaximum !== undefined
    ? ` below ${exclusiveMaximum}`
    : "";
  return low && high ? `${low} and${high.replace(" of", "")}` : low + high;
}

function list(schema: JsonSchema): string {
  const { prefixItems, items, minItems, maxItems } = schema;
  if (prefixItems) {
    const [first] = prefixItems;
    const plural = first ? expectationOf(first).replace(/^an? /, "") : "values";
    return `a list of ${prefixItems.length}, each a ${plural}`;
  }
  const length = maxItems === undefined
    ? minItems ? ` with at least ${minItems}` : ""
    : ` of ${minItems ? `${minItems} to` : "at most"} ${maxItems}`;
  return items ? `a list${length}, each ${expectationOf(items)}` : "a list";
}
