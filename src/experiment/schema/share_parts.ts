import type { JsonSchema } from "./json_schema.ts";

/** Parts shorter than this, as JSON, are written out each time. */
const leastLength = 300;

/**
 * The same schema with every larger part that occurs more than once written once,
 * in `$defs`, and referred to elsewhere. An entry is called by its type.
 */
export function shareParts(schema: JsonSchema): JsonSchema {
  const counts = new Map<string, number>();
  const count = (node: unknown): void => {
    if (!isNested(node)) return;
    const text = JSON.stringify(node);
    if (text.length < leastLength) return;
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (counts.get(text) === 1) Object.values(node).forEach(count);
  };
  count(schema);

  // What the schema refers to itself has to stay where it is.
  const kept = JSON.stringify(schema).match(/(?<="\$ref":"#)[^"]+/g) ?? [];
  const isKept = (path: string | null) =>
    path !== null && kept.some((one) => `${one}/`.startsWith(`${path}/`));

  const names = new Map<string, string>();
  const definitions: Record<string, unknown> = {};
  const nameOf = (node: object, text: string): string => {
    const known = names.get(text);
    if (known !== undefined) return known;
    const type = (node as JsonSchema).properties?.["type"]?.const ?? "part";
    let name = type;
    for (let n = 2; Object.hasOwn(definitions, name); n++) name = `${type}${n}`;
    names.set(text, name);
    definitions[name] = null; // keeps the name while its parts are shared
    definitions[name] = shareWithin(node, null);
    return name;
  };
  /** `path` is the node's place in the document; null in a definition. */
  const share = (node: unknown, path: string | null): unknown => {
    if (!isNested(node)) return node;
    const text = JSON.stringify(node);
    const isShared = !Array.isArray(node) && counts.get(text)! > 1;
    return isShared && !isKept(path)
      ? { $ref: `#/$defs/${nameOf(node, text)}` }
      : shareWithin(node, path);
  };
  const shareWithin = (node: object, path: string | null): unknown => {
    const below = (key: string | number) =>
      path === null ? null : `${path}/${key}`;
    return Array.isArray(node)
      ? node.map((part, i) => share(part, below(i)))
      : Object.fromEntries(
        Object.entries(node)
          .map(([key, part]) => [key, share(part, below(key))]),
      );
  };
  const whole = shareWithin(schema, "") as JsonSchema;
  return { ...whole, $defs: definitions } as JsonSchema;
}

function isNested(node: unknown): node is object {
  return typeof node === "object" && node !== null;
}
