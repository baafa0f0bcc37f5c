import type * as z from "zod";
import { type Entry, ExperimentFaults } from "@/core/mod.ts";
import { jsonSchemaOf } from "../schema/json_schema.ts";
import { explainIssue } from "./explain.ts";
import { valueOf } from "./node.ts";
import { readYaml } from "./read_yaml.ts";

/**
 * Reads a part of an experiment from an option of the command line, as YAML.
 *
 * @throws {ExperimentFaults} If it is none.
 */
export function readInline<Value>(
  text: string,
  { schema, option }: {
    readonly schema: z.ZodType<Value>;
    readonly option: string;
  },
): Value {
  const { root, faults } = readYaml(text, { file: option });
  if (!root || faults.length > 0) {
    throw new ExperimentFaults(faults.map(({ error }) => error));
  }
  const parsed = schema.safeParse(valueOf(root));
  if (parsed.success) return parsed.data;
  const json = jsonSchemaOf(schema);
  throw new ExperimentFaults(
    parsed.error.issues.flatMap((issue) =>
      explainIssue(issue, { root, schema: json })
    )
      .map(({ error }) => error),
  );
}

/**
 * Reads an entry of a catalog likewise; its name will do.
 *
 * @throws {ExperimentFaults} If there is none.
 */
export function readEntry(
  text: string,
  asked: { readonly schema: z.ZodType<Entry>; readonly option: string },
): Entry {
  const isName = /^[\w-]+$/.test(text);
  return readInline(isName ? `{ type: ${text} }` : text, asked);
}
