import { ExperimentError, nearestName } from "@/core/mod.ts";
import { type JsonSchema, oneOf } from "../schema/json_schema.ts";
import { type Node, nodeToward } from "./node.ts";
import {
  type Fault,
  type Path,
  pathText,
  type Place,
  placeText,
  shownKey,
} from "./place.ts";

/** A key that there is none of at a path, with the nearest that there is. */
export function unknownKey(
  key: string,
  { path, root, expected: { properties = {} }, schema }: {
    readonly path: Path;
    readonly root: Node;
    /** What belongs at the path. */
    readonly expected: JsonSchema;
    /** What the whole looks like. */
    readonly schema: JsonSchema;
  },
): Fault {
  const node = nodeToward(root, path);
  const entry = node.kind === "map" ? node.entries.get(key) : undefined;
  const place = entry?.keyPlace ?? node.place;
  if ((key === "matrix" || key === "search") && path.length === 0) {
    return severalInOne(place, key);
  }
  const known = Object.keys(properties);
  const home = homeOf(key, { here: path[0], schema });
  const near = nearestName(key, known.filter((name) => name !== "type"));
  const who = properties.type?.const
    ? `type "${properties.type.const}" has`
    : "there is";
  return {
    place,
    error: new ExperimentError(
      `Cannot use the key "${shownKey(key)}" in ${
        pathText(path) || "an experiment"
      }: ${who} no such key`,
      {
        where: placeText(place, [...path, key]),
        fix: home
          ? `Write it under "${home}"`
          : near
          ? `Write "${near}"`
          : `Remove it, or use ${oneOf(known)}`,
      },
    ),
  };
}

/** Whoever wants one experiment cannot take a file with a matrix or a search. */
function severalInOne(place: Place, key: string): Fault {
  return {
    place,
    error: new ExperimentError(
      `Cannot take the file as one experiment: its ${key} describes several`,
      {
        where: placeText(place, [key]),
        fix: `Name a file without a ${key}, such as one it extends; ` +
          "run and plan take both",
      },
    ),
  };
}

/** The section other than `here` that has a key of this name. */
export function homeOf(
  key: string,
  { here, schema }: {
    readonly here?: string | number | undefined;
    readonly schema: JsonSchema;
  },
): string | undefined {
  return Object.entries(schema.properties ?? {}).find(([name, section]) =>
    name !== here &&
    [section, ...section.oneOf ?? []].some((one) =>
      Object.hasOwn(one.properties ?? {}, key)
    )
  )?.[0];
}
