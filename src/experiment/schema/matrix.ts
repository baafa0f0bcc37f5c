import type { JsonSchema } from "./json_schema.ts";

/**
 * The JSON Schema of `matrix` for editors: the paths of an experiment's sections
 * and of their keys, each with what belongs there, so that they can be completed
 * and checked. Longer paths may hold anything.
 *
 * @param matrix What a matrix is as such.
 * @param experiment The schema that the result becomes a part of.
 */
export function matrixForEditors(
  matrix: JsonSchema,
  experiment: JsonSchema,
): JsonSchema {
  const { paths, longer } = pathsOf(experiment);
  const sets: JsonSchema = {
    type: "object",
    description: "sets of values by name; one that begins with + adds to the " +
      "one above it",
    additionalProperties: {
      type: "object",
      description: "values by their paths",
      properties: paths,
      patternProperties: { [longer]: {} },
      additionalProperties: false,
    },
  };
  const axis = (items: JsonSchema): JsonSchema => ({
    anyOf: [{ type: "array", items, minItems: 1 }, {
      $ref: "#/properties/matrix/additionalProperties",
    }],
  });
  return {
    type: "object",
    ...(matrix.description && { description: matrix.description }),
    properties: Object.fromEntries(
      Object.entries(paths).map(([path, value]) => [path, axis(value)]),
    ),
    patternProperties: { [longer]: axis({}) },
    additionalProperties: sets,
  };
}

/**
 * The JSON Schema of `search` for editors: the same paths under `over`, each with
 * what may be drawn.
 *
 * @param search What a search is as such.
 */
export function searchForEditors(
  search: JsonSchema,
  experiment: JsonSchema,
): JsonSchema {
  const { over, ...others } = search.properties!;
  const drawn = over!.additionalProperties as JsonSchema;
  const { paths: { seed: _, ...paths }, longer } = pathsOf(experiment);
  return {
    ...search,
    properties: {
      ...others,
      over: {
        type: "object",
        ...(over!.description && { description: over!.description }),
        properties: Object.fromEntries(
          Object.keys(paths).map((path) => [path, drawn]),
        ),
        patternProperties: { [longer]: drawn },
        additionalProperties: false,
      },
    },
  };
}

/**
 * Sections and their keys by path, as references into the experiment's schema, and
 * what longer paths match.
 */
function pathsOf({ properties = {} }: JsonSchema): {
  readonly paths: Readonly<Record<string, JsonSchema>>;
  readonly longer: string;
} {
  const places = new Map<string, string[]>();
  const add = (path: string, place: string) =>
    places.set(path, [...places.get(path) ?? [], place]);
  for (const [name, section] of Object.entries(properties)) {
    if (name === "name") continue; // all experiments of a matrix share it
    const place = `#/properties/${name}`;
    add(name, place);
    for (const key of Object.keys(section.properties ?? {})) {
      add(`${name}.${key}`, `${place}/properties/${key}`);
    }
    for (const [i, { properties = {} }] of (section.oneOf ?? []).entries()) {
      for (const key of Object.keys(properties)) {
        if (key === "type") continue;
        add(`${name}.${key}`, `${place}/oneOf/${i}/properties/${key}`);
      }
    }
  }
  const paths = Object.fromEntries(
    [...places].map(([path, refs]) => {
      const [first, ...others] = refs.map(($ref) => ({ $ref }));
      return [
        path,
        others.length > 0 ? { anyOf: [first!, ...others] } : first!,
      ];
    }),
  );
  const names = Object.keys(paths);
  const ends = names.filter((path) =>
    !names.some((other) => other.startsWith(`${path}.`))
  );
  return {
    paths,
    longer: `^(${ends.join("|").replaceAll(".", "\\.")})[.[]`,
  };
}
