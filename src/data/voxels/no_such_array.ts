import { ExperimentError, nearestName } from "@/core/mod.ts";

/**
 * That a container has no array of a name; it tells those it has.
 */
export function noSuchArray(
  name: string,
  { path, names, where }: {
    readonly path: string;
    readonly names: readonly string[];
    readonly where: string;
  },
): ExperimentError {
  const nearest = name === "" ? undefined : nearestName(name, names);
  const all = names.map((one) => `"${one}"`).join(", ") || "no array";
  return new ExperimentError(
    `Cannot read "${name || "/"}" of "${path}": it has ${all}`,
    { where, fix: nearest ? `Name "${nearest}"` : "Name one of them" },
  );
}
