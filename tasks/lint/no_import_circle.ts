import { type House, pathIn, targetOf } from "./house.ts";
import { onReference } from "./_references.ts";

/** The files that each file imports. */
type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * No file may come back to itself by imports, those of types included. The
 * rule remembers the files it has seen, and speaks at the last of a circle.
 */
export function noImportCircle(house: House): Deno.lint.Rule {
  const graph = new Map<string, readonly string[]>();
  return {
    create(context) {
      const path = pathIn(house, context.filename);
      if (path === null) return {};
      const nodes = new Map<string, Deno.lint.Node>();
      return {
        ...onReference((node, specifier) => {
          const target = specifier === null ? null : targetOf(path, specifier);
          if (target !== null) nodes.set(target, node);
        }),
        "Program:exit"() {
          const { exceptions } = house;
          // What is excepted closes no circle for other files either.
          const [kept, excepted] = [false, true].map((isExcepted) =>
            [...nodes.keys()].filter((target) =>
              exceptions.has(context.id, `${path} ${target}`) === isExcepted
            )
          ) as [string[], string[]];
          graph.set(path, kept);
          for (const target of excepted) {
            if (wayBetween(graph, { from: [target], to: path })) {
              exceptions.use(context.id, `${path} ${target}`);
            }
          }
          const way = wayBetween(graph, { from: kept, to: path });
          if (way === null) return;
          context.report({
            node: nodes.get(way[0]!)!,
            message: `Cannot import in a circle: ${[path, ...way].join(" → ")}`,
            hint: "Move what both need to a file of its own",
          });
        },
      };
    },
  };
}

/** The shortest way along imports, both ends included; null if there is none. */
function wayBetween(
  graph: Graph,
  { from, to }: { readonly from: readonly string[]; readonly to: string },
): readonly string[] | null {
  const before = new Map<string, string | null>(from.map((f) => [f, null]));
  for (const here of before.keys()) {
    if (here === to) {
      const way = [];
      for (let at: string | null = here; at !== null; at = before.get(at)!) {
        way.unshift(at);
      }
      return way;
    }
    for (const next of graph.get(here) ?? []) {
      if (!before.has(next)) before.set(next, here);
    }
  }
  return null;
}
