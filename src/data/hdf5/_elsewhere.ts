import { dirname, resolve } from "node:path";

/** Names that are listed before it gets too long. */
const mostNames = 3;

/**
 * That numbers lie in other files, and which of those are missing, as the end of
 * a sentence. The names count from the folder of `path`.
 */
export function elsewhereText(path: string, names: readonly string[]): string {
  const others = [...new Set(names)].filter((name) => name !== ".");
  const missing = others.filter((name) =>
    !name.includes("%b") && !isThere(resolve(dirname(path), name))
  );
  if (others.length === 0) return "are those of other datasets in it";
  return `lie in ${listed(others, "other file")}, ` +
    (missing.length === 0
      ? "which nobody would hash"
      : missing.length === others.length
      ? `which ${missing.length === 1 ? "is" : "are"} missing`
      : `of which ${listed(missing, "")} ${
        missing.length === 1 ? "is" : "are"
      } missing`);
}

/** Where the others are, what to do. */
export function joinText(path: string, dataset: string): string {
  return `See that all are there, then join them: h5repack -l "${dataset}:CONTI" ` +
    `"${path}" joined.hdf`;
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false; // what cannot be looked at cannot be read either
  }
}

/** `2 other files ("a.h5", "b.h5")`, the first few by name. */
function listed(names: readonly string[], what: string): string {
  const quoted = names.slice(0, mostNames).map((name) => `"${name}"`).join(
    ", ",
  );
  const all = names.length > mostNames ? `${quoted}, …` : quoted;
  if (what === "") return names.length === 1 ? all : `${names.length} (${all})`;
  return `${names.length} ${what}${names.length === 1 ? "" : "s"} (${all})`;
}
