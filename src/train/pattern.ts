import { ExperimentError, nearestName } from "@/core/mod.ts";

/**
 * The names of weights that one of some patterns matches. In a pattern, `*`
 * stands for any text without a slash, `?` for one character, `**` for any
 * layers; a pattern of a layer matches all that is below it, as `encoder*` or
 * `decoder?/conv0`.
 *
 * @throws {ExperimentError} If a pattern matches nothing, with the nearest names;
 * `where` names the key that has the patterns.
 */
export function matchNames(
  patterns: readonly string[],
  { names, where }: {
    readonly names: readonly string[];
    readonly where: string;
  },
): ReadonlySet<string> {
  return new Set(patterns.flatMap((pattern, i) => {
    const found = names.filter((name) => regexOf(pattern).test(`${name}/`));
    if (found.length > 0) return found;
    throw new ExperimentError(
      `Cannot find a weight that matches "${pattern}"`,
      {
        where: `${where}[${i}]`,
        fix: `Write a name such as ${
          nearest(pattern, names).map((name) => `"${name}"`).join(", ")
        }`,
      },
    );
  }));
}

/** Matches a name with a slash after it. */
function regexOf(pattern: string): RegExp {
  const segments = pattern.replace(/\/$/, "").split("/").map((segment) =>
    segment === "**"
      ? "(?:[^/]+/)*"
      : `${
        segment.replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replaceAll("*", "[^/]*").replaceAll("?", "[^/]")
      }/`
  );
  return new RegExp(`^${segments.join("")}`);
}

/** Up to three names like a pattern, of its depth; else those of the first layers. */
function nearest(pattern: string, names: readonly string[]): readonly string[] {
  const plain = pattern.replace(/(\/\*\*)+\/?$/, "");
  const depth = plain.split("/").length;
  let left = [
    ...new Set(names.map((name) => name.split("/").slice(0, depth).join("/"))),
  ];
  const found: string[] = [];
  while (found.length < 3) {
    const next = nearestName(plain, left);
    if (next === undefined) break;
    found.push(next);
    left = left.filter((name) => name !== next);
  }
  if (found.length > 0) return found;
  const layers = new Set(names.map((name) => name.split("/")[0]!));
  return [...layers].slice(0, 8);
}
