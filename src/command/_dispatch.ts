import {
  cleftVersion,
  ExperimentError,
  explainSystemError,
  nearestName,
  RunError,
} from "@/core/mod.ts";
import { parseArguments } from "./_arguments.ts";
import { checkPaths } from "./_check_paths.ts";
import type { Command } from "./_command.ts";
import type { CommandContext } from "./_context.ts";
import { commandHelp, overallHelp } from "./_help.ts";

/**
 * Carries out a command line and returns its exit code: 0 fine, 1 a run failed
 * or something unexpected happened, 2 bad input. Errors go to `context.note`.
 */
export async function dispatch(
  words: readonly string[],
  commands: readonly Command[],
  context: CommandContext,
): Promise<number> {
  try {
    return await carryOut(words, commands, context);
  } catch (error) {
    if (error instanceof ExperimentError) {
      context.note(error.toString());
      return error instanceof RunError ? 1 : 2;
    }
    if (error instanceof Error && error.name === "AbortError") {
      context.note("Stopped before the end");
      return 1;
    }
    const trace = error instanceof Error ? error.stack ?? error.message : error;
    context.note(`Cannot go on: something unexpected happened\n${trace}`);
    context.note("  fix  Report this, with the lines above and the command");
    return 1;
  }
}

async function carryOut(
  words: readonly string[],
  commands: readonly Command[],
  context: CommandContext,
): Promise<number> {
  const [first, second] = words;
  if (first === undefined || first === "--help" || first === "help") {
    context.print(overallHelp(commands));
    return first === undefined ? 2 : 0;
  }
  if (first === "--version") {
    context.print(cleftVersion);
    return 0;
  }
  const both = `${first} ${second}`;
  const command = commands.find(({ name }) => name === both) ??
    commands.find(({ name }) => name === first);
  if (!command) return noSuchCommand(words, commands, context);
  const rest = words.slice(command.name.split(" ").length);
  const end = rest.indexOf("--");
  if (rest.slice(0, end < 0 ? rest.length : end).includes("--help")) {
    context.print(commandHelp(command));
    return 0;
  }
  const args = parseArguments(command, rest);
  try {
    const outputs = await checkPaths({ command, args }, context);
    try {
      return await command.run({ ...args, outputs }, context);
    } finally {
      outputs.remember();
    }
  } catch (error) {
    throw explainFailure(error, { doing: command.name, words });
  }
}

/** What the system refused in the user's words; any other error as it is. */
function explainFailure(
  error: unknown,
  { doing, words }: {
    readonly doing: string;
    readonly words: readonly string[];
  },
): unknown {
  if (error instanceof RangeError && lacksMemory.test(error.message)) {
    return new RunError(`Cannot ${doing}: memory ran out`, {
      where: words.join(" "),
      fix: "Take a smaller region, patch or batch, or a larger machine",
      cause: error,
    });
  }
  return explainSystemError(error, { doing });
}

/** What V8 says when an array does not fit. */
const lacksMemory = /Array buffer allocation failed|Invalid typed array length/;

/** A family such as `data` prints its members for `--help`; the rest is an error. */
function noSuchCommand(
  [first, second]: readonly string[],
  commands: readonly Command[],
  context: CommandContext,
): number {
  const family = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (family.length > 0 && (second === undefined || second === "--help")) {
    context.print(family.map(commandHelp).join("\n\n"));
    return second === undefined ? 2 : 0;
  }
  const given = family.length > 0 ? `${first} ${second}` : first!;
  const names = commands.map(({ name }) => name);
  const near = nearestName(given, names);
  throw new ExperimentError(`Cannot ${given}: there is no such command`, {
    where: "the command line",
    fix: near
      ? `Write deno task ${near}`
      : `Write one of ${
        (family.length > 0 ? family : commands)
          .map(({ name }) => name).join(", ")
      }`,
  });
}
