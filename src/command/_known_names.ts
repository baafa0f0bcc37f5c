import { join } from "node:path";
import { projectFolder } from "./_context.ts";

/**
 * Whether runs can have something of this name, though none here does: a number
 * that a metric gives, or an option of experiments.
 */
export async function knowsName(): Promise<(name: string) => boolean> {
  const { validationOutputs } = await import("@/metric/mod.ts");
  const measures = new Set(validationOutputs().map(({ name }) => name));
  return (name) =>
    measures.has(name.replace(/^(train|validation|test)\/(best\.)?/, "")) ||
    isOption(name);
}

/** The schema of experiments is read as it is asked for, which is seldom. */
function isOption(path: string): boolean {
  const file = join(projectFolder, "docs/reference/experiment.schema.json");
  const schema: unknown = JSON.parse(Deno.readTextFileSync(file));
  const [first, ...rest] = path.replaceAll(/\[\d+\]/g, "").split(".");
  const properties = partOf(schema, "properties");
  const of = partOf(properties, first!);
  if (of === undefined) return false;
  const words = wordsOf(of, partOf(schema, "$defs"));
  return rest.every((word) => words.has(word));
}

function partOf(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object" &&
      Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/** Keys and the names of components, of what is referred to as well. */
function wordsOf(value: unknown, shared: unknown): ReadonlySet<string> {
  const words = new Set<string>(), seen = new Set<unknown>();
  const collect = (value: unknown) => {
    if (value === null || typeof value !== "object" || seen.has(value)) return;
    seen.add(value);
    for (const [key, part] of Object.entries(value)) {
      if (!Array.isArray(value)) words.add(key);
      if (key === "const" && typeof part === "string") words.add(part);
      if (key === "$ref") collect(partOf(shared, `${part}`.split("/").at(-1)!));
      else collect(part);
    }
  };
  collect(value);
  return words;
}
