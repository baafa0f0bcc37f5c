import { shellQuote } from "@/core/mod.ts";
import type { Run } from "@/record/mod.ts";

/** The command that repeats a run from its record and checks every bit. */
export function rerunCommand(run: Run): string {
  return `deno task rerun ${shellQuote(run.id)}`;
}

/**
 * The command that started it, its seed or its place in a matrix spelt out; null
 * without a file.
 */
export function runCommand(run: Run): string | null {
  if (run.file === null) return null;
  const sets = run.overrides
    .filter((override) => !/^(--)?seed=/.test(override))
    .map((override) => ` --set ${shellQuote(override)}`);
  const which = run.variant
    ? Object.entries(run.variant)
      .map(([axis, value]) => ` --only ${shellQuote(`${axis}=${value}`)}`)
    : [` --seed ${run.seed}`];
  return ["deno task run ", shellQuote(run.file), ...sets, ...which].join("");
}
