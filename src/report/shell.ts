import { shellQuote } from "@/core/mod.ts";
import type { Run } from "@/record/mod.ts";

/** The command that repeats runs from their records and checks every bit. */
export function rerunCommand(runs: readonly Pick<Run, "id">[]): string {
  return ["deno task rerun", ...runs.map(({ id }) => shellQuote(id))].join(" ");
}

/**
 * The command that starts what a file describes; of one run, its seed or its
 * place in a matrix spelt out.
 */
export function runCommand(
  { file, overrides, seed, variant }:
    & { readonly file: string }
    & Pick<Run, "overrides">
    & Partial<Pick<Run, "seed" | "variant">>,
): string {
  const sets = overrides
    .filter((override) => !/^(--)?seed=/.test(override))
    .map((override) => ` --set ${shellQuote(override)}`);
  const which = variant
    ? Object.entries(variant)
      .map(([axis, value]) => ` --only ${shellQuote(`${axis}=${value}`)}`)
    : seed === undefined
    ? []
    : [` --seed ${seed}`];
  return ["deno task run ", shellQuote(file), ...sets, ...which].join("");
}
