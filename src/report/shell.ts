import type { Run } from "@/record/mod.ts";

/** A word as a POSIX shell reads it back unchanged. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", `'\\''`)}'`;
}

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
