import { canonicalJson, ExperimentError, openRng } from "@/core/mod.ts";
import { draws } from "./draw/mod.ts";
import type { SearchSpec } from "./search_schema.ts";
import type { SearchedOption } from "./space.ts";

/** Draws in a row that may give what was drawn before. */
const mostRepeated = 1000;

/**
 * What each trial sets the options to, in their order. The sequence depends on
 * how is drawn, the search's seed and the options alone; what was drawn before is
 * left out.
 *
 * @throws {ExperimentError} If there are not as many different ones, or too many
 * options; `where` tells the search.
 */
export function drawTrials(
  options: readonly SearchedOption[],
  { draw, trials, seed, where }:
    & Pick<SearchSpec, "draw" | "trials" | "seed">
    & { readonly where: string },
): readonly (readonly unknown[])[] {
  const { mostOptions, shares } = draws.create(draw);
  if (options.length > mostOptions) {
    throw new ExperimentError(
      `Cannot search over ${options.length} options: ${draw.type} can spread ` +
        `trials over ${mostOptions}`,
      { where, fix: "Write draw: { type: random }, or take options away" },
    );
  }
  const rng = openRng(seed).at("search");
  const names = options.map(({ name }) => name);
  const drawn = new Map<string, readonly unknown[]>();
  let repeated = 0;
  for (let i = 0; drawn.size < trials; i++) {
    const values = shares(i, names, rng)
      .map((share, k) => options[k]!.distribution.at(share));
    const key = canonicalJson(values);
    repeated = drawn.has(key) ? repeated + 1 : 0;
    if (repeated > mostRepeated) throw tooFew(drawn.size, { trials, where });
    drawn.set(key, values);
  }
  return [...drawn.values()];
}

function tooFew(
  found: number,
  { trials, where }: { readonly trials: number; readonly where: string },
): ExperimentError {
  return new ExperimentError(
    `Cannot draw ${trials} trials: there are only ${found} that differ`,
    { where, fix: `Set search.trials to ${found}, or write them as a matrix` },
  );
}
