import {
  cleftVersion,
  ExperimentError,
  explainSystemError,
  RunError,
} from "@/core/mod.ts";
import { parseArguments } from "./_arguments.ts";
import { checkPaths } from "./_check_paths.ts";
import type { Command } from "./_command.ts";
import type { CommandContext } from "./_context.ts";
import { findCommands } from "./_find_command.ts";
import { commandHelp, overallHelp } from "./_help.ts";
import { Pages } from "./_pages.ts";

/**
 * Carries out a command line and returns its exit code: 0 fine, 1 a run failed
 * or something unexpected happened, 2 bad input. Errors go to `context.note`.
 */
export async function dispatch(
  words: readonly string[],
  { commands, context }: {
    readonly commands: readonly Command[];
    readonly context: CommandContext;
  },
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
  const [first] = words;
  if (first === undefined || isHelp(first)) {
    context.print(overallHelp(commands));
    return first === undefined ? 2 : 0;
  }
  if (first === "--version") {
    context.print(cleftVersion);
    return 0;
  }
  const { commands: found, isFamily, rest } = findCommands(words, commands);
  const end = rest.indexOf("--");
  const asks = rest.slice(0, end < 0 ? rest.length : end).some(isHelp);
  if (isFamily || asks) {
    context.print(found.map(commandHelp).join("\n\n"));
    return asks ? 0 : 2;
  }
  const command = found[0]!;
  const args = parseArguments(command, rest);
  try {
    const pages = new Pages({ opens: args.options["open"] === true });
    const outputs = await checkPaths({ command, args }, context);
    try {
      const code = await command.run({ ...args, outputs, pages }, context);
      await pages.open();
      return code;
    } finally {
      outputs.remember();
    }
  } catch (error) {
    throw explainFailure(error, { doing: command.name, words });
  }
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
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
