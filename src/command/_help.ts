import type { Command, PositionalSpec } from "./_command.ts";

/** How a command is written: `deno task run FILE [options]`. */
export function usageOf({ name, positionals, options }: Command): string {
  const places = positionals.map(placeText);
  const some = Object.keys(options).length > 0 ? ["[options]"] : [];
  return ["deno task", name, ...places, ...some].join(" ");
}

function placeText({ name, count }: PositionalSpec): string {
  if (count === "optional") return `[${name}]`;
  if (count === "some") return `${name}…`;
  return count === "any" ? `[${name}…]` : name;
}

/** What `--help` prints for a command. */
export function commandHelp(command: Command): string {
  const { summary, positionals, options, notes } = command;
  const places = positionals.map(({ name, summary }) => [name, summary]);
  const rows = Object.entries(options).map(([name, spec]) => [
    `--${name}${spec.value ? ` ${spec.value}` : ""}`,
    spec.summary + (spec.isRepeatable ? "; may be repeated" : ""),
  ]);
  const help = [["-h, --help", "show this"]];
  return [
    `${summary}.`,
    `  ${usageOf(command)}`,
    columns([...places, ...rows, ...help]),
    ...(notes ? [notes] : []),
  ].join("\n\n");
}

/** How runs are named in every command that takes them. */
const runNaming =
  "A RUN is named by its id or the beginning of it, by last, by NAME for the last\n" +
  "run of an experiment, by NAME@best for its run that ranks highest. Of a matrix,\n" +
  "NAME@loss=dice,seed=1 are the runs of those variants, and NAME@loss=dice,best\n" +
  "the best of them; commands that take several RUNs take all of them, choose some\n" +
  "by --where CONDITION, and take @NAME for a choice that list --save has kept.";

/** What `--help` prints without a command. */
export function overallHelp(commands: readonly Command[]): string {
  return [
    "Cleft: reproducible experiments for finding synaptic clefts in EM volumes.",
    columns(commands.map(({ name, summary }) => [name, summary])),
    runNaming,
    "Write  deno task help COMMAND  for its options, or add -h. Exit codes: 0 fine,\n" +
    "1 a run failed, 2 bad input. Paths start in the folder you are in.",
  ].join("\n\n");
}

function columns(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([left]) => left!.length));
  return rows.map(([left, right]) => `  ${left!.padEnd(width)}  ${right}`)
    .join("\n");
}
