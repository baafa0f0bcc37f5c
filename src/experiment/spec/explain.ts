import type * as z from "zod";
import { ExperimentError, nearestName, printable } from "@/core/mod.ts";
import {
  defaultText,
  expectationOf,
  type JsonSchema,
  oneOf,
  schemaAt,
  typesOf,
} from "../schema/json_schema.ts";
import { childOf, type Node, nodeToward, valueOf } from "./node.ts";
import { type Fault, type Path, pathText, placeText } from "./place.ts";
import { unknownKey } from "./unknown_key.ts";

/**
 * Says what an issue found by zod means to the writer of the file: which value,
 * at which place, what it should be, and the nearest name where one is misspelt.
 */
export function explainIssue(
  issue: z.core.$ZodIssue,
  { root, schema }: { readonly root: Node; readonly schema: JsonSchema },
): readonly Fault[] {
  const path = issue.path as Path;
  if (nodeToward(root, path).kind === "unknown") return []; // said already
  const whole = wholeOf(root);
  const expected = schemaAt(schema, { path, value: whole }) ?? {};
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) =>
      unknownKey(key, { path, root, expected, schema })
    );
  }
  if (issue.code === "invalid_union" && path.at(-1) === "type") {
    const entry = schemaAt(schema, { path: path.slice(0, -1), value: whole });
    return [wrongType(path, root, entry ?? {})];
  }
  const value = valueAt(root, path);
  const isEntry = isMapping(value) && !expected.anyOf; // its keys are known
  const within = issue.code === "invalid_union" && isEntry
    ? issuesWithin(issue)
    : [];
  if (within.length > 0) {
    return within.flatMap((inner) =>
      explainIssue({ ...inner, path: [...path, ...inner.path] }, {
        root,
        schema,
      })
    );
  }
  if (value === undefined) return [missing(path, root, expected)];
  if (issue.code === "custom") {
    const fix = issue.params?.fix ?? suggestion(expected);
    return [wrongValue(path, root, issue.message, fix)];
  }
  const words = [expected, ...expected.anyOf ?? []]
    .flatMap((one) => one.enum ?? []);
  const near = typeof value === "string" && nearestName(value, words);
  const isBare = ["number", "boolean"].includes(typeof value) &&
    words.length === 0 &&
    [expected, ...expected.anyOf ?? []].some(({ type }) => type === "string");
  const fix = near
    ? `Write "${near}"`
    : isBare
    ? "Put it in quotes: without them, YAML takes it for no text"
    : value === null && expected.default !== undefined
    ? `${suggestion(expected)}, or remove the key`
    : suggestion(expected);
  return [wrongValue(path, root, should(value, expected), fix)];
}

/** The value of an experiment, made once for all of its faults. */
function wholeOf(root: Node): unknown {
  if (!wholes.has(root)) wholes.set(root, valueOf(root));
  return wholes.get(root);
}
const wholes = new WeakMap<Node, unknown>();

/** What a mapping lacks to be one of several alternatives, the one that is a mapping. */
function issuesWithin(
  { errors }: z.core.$ZodIssueInvalidUnion,
): readonly z.core.$ZodIssue[] {
  const isAnother = ({ code, path }: z.core.$ZodIssue) =>
    path.length === 0 && code !== "unrecognized_keys";
  return errors.find((issues) => !issues.some(isAnother)) ?? [];
}

/** What the value is, where that is the trouble, and what it should be. */
function should(value: unknown, expected: JsonSchema): string {
  const be = `it should be ${expectationOf(expected)}`;
  const types = [expected, ...expected.anyOf ?? []].map(({ type }) => type);
  const isOther = ["integer", "number", "boolean"]
    .some((type) => types.includes(type));
  if (typeof value === "string" && isOther) {
    return `it is a text, ${be}`;
  }
  if (types.includes("integer") && Math.abs(Number(value)) >= 2 ** 53) {
    return `it is too large, whole numbers go up to ${Number.MAX_SAFE_INTEGER}`;
  }
  return be;
}

/** An instruction that ends with the default, where there is one. */
function suggestion(expected: JsonSchema): string {
  const example = defaultText(expected);
  const write = `Write ${expectationOf(expected)}`;
  return example === undefined || example === "{}"
    ? write
    : `${write}, such as ${example}`;
}

function wrongValue(
  path: Path,
  root: Node,
  reason: string,
  fix: string,
): Fault {
  const { place } = nodeToward(root, path);
  const shown = show(valueAt(root, path));
  return {
    place,
    error: new ExperimentError(
      `Cannot use ${shown} for ${pathText(path) || "an experiment"}: ${reason}`,
      { where: placeText(place, path), fix },
    ),
  };
}

function missing(path: Path, root: Node, expected: JsonSchema): Fault {
  const { place } = nodeToward(root, path);
  const example = defaultText(expected);
  const write = example ?? expectationOf(expected);
  return {
    place,
    error: new ExperimentError(
      `Cannot use the experiment: ${pathText(path)} is missing`,
      { where: placeText(place, path), fix: `Add "${path.at(-1)}": ${write}` },
    ),
  };
}

function wrongType(path: Path, root: Node, entry: JsonSchema): Fault {
  const { place } = nodeToward(root, path);
  const types = typesOf(entry);
  const value = valueAt(root, path);
  const parent = pathText(path.slice(0, -1));
  const near = typeof value === "string" && nearestName(value, types);
  return {
    place,
    error: new ExperimentError(
      value === undefined
        ? `Cannot use ${parent}: its "type" is missing`
        : `Cannot use ${show(value)} for ${
          pathText(path)
        }: there is no such type`,
      {
        where: placeText(place, path),
        fix: near
          ? `Write "${near}"`
          : `Write ${value === undefined ? `"type:" and ` : ""}${oneOf(types)}`,
      },
    ),
  };
}

/** The value at a path, or undefined where nothing is written. */
function valueAt(root: Node, path: Path): unknown {
  let node: Node | undefined = root;
  for (const step of path) node = node && childOf(node, step);
  return node && valueOf(node);
}

function isMapping(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value short enough for a sentence. */
function show(value: unknown): string {
  if (Array.isArray(value) && value.length > 4) {
    return `a list of ${value.length}`;
  }
  if (isMapping(value)) return "a mapping";
  const text = value === null ? "nothing" : printable(JSON.stringify(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
