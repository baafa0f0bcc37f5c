import * as z from "zod";
import { ExperimentError } from "./errors.ts";
import { printable } from "./text.ts";

/**
 * What is wrong with a value that a schema refuses, by the first of its issues:
 * `"chunks" is missing`, `"shape[0]" is "x", not a whole number`.
 */
export function formFault({ issues }: z.ZodError, value: unknown): string {
  const [issue] = issues as [z.core.$ZodIssue];
  const found = issue.path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  const place = issue.path.map((key, i) =>
    typeof key === "number" ? `[${key}]` : `${i === 0 ? "" : "."}${String(key)}`
  ).join("");
  const name = place === "" ? "it" : `"${printable(place)}"`;
  if (found === undefined) return `${name} is missing`;
  if (issue.code === "unrecognized_keys") {
    return `${name} has "${printable(issue.keys[0]!)}", which is not known`;
  }
  const reason = reasonOf(issue);
  return reason === null
    ? `${name}: ${issue.message}`
    : `${name} is ${shown(found)}, ${reason}`;
}

/** What kinds of values are called. */
const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  tuple: "a list",
  object: "a mapping",
  record: "a mapping",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  null: "null",
};

/** Why not, as the end of a sentence; null for what speaks for itself. */
function reasonOf(issue: z.core.$ZodIssue): string | null {
  switch (issue.code) {
    case "invalid_type":
      return `not ${kinds[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `not ${
        issue.values.map((value) => JSON.stringify(value)).join(" or ")
      }`;
    case "too_small":
      return `${
        isCounted(issue) ? "which has fewer" : "less"
      } than ${issue.minimum}`;
    case "too_big":
      return `${
        isCounted(issue) ? "which has more" : "more"
      } than ${issue.maximum}`;
    case "invalid_union":
      return "which is none of what it can be";
    default:
      return null;
  }
}

/** Whether a bound is one of how many there are. */
function isCounted({ origin }: { readonly origin: string }): boolean {
  return origin === "array" || origin === "string";
}

function shown(value: unknown): string {
  const text = printable(JSON.stringify(value) ?? `${value}`);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/**
 * What a text of JSON holds, in the form of a schema.
 *
 * @param told What it is, such as `"queue/submission.json"`, where, and what helps.
 * @throws {ExperimentError} If it is no JSON, or has another form.
 */
export function readJsonAs<Value>(
  text: string,
  { schema, what, ...details }: {
    readonly schema: z.ZodType<Value>;
    readonly what: string;
    readonly where: string;
    readonly fix: string;
  },
): Value {
  const refuse = (why: string, cause: unknown) =>
    new ExperimentError(`Cannot read ${what}: ${why}`, { ...details, cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse("it is no JSON", error);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw refuse(formFault(read.error, value), read.error);
}
