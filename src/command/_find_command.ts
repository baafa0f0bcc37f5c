import { ExperimentError, nearestNames } from "@/core/mod.ts";
import type { Command } from "./_command.ts";

/** What the first words of a command line name. */
export interface FoundCommands {
  /** The command, or all of a family such as `data`. */
  readonly commands: readonly Command[];
  /** Whether it is a family, and not yet a command. */
  readonly isFamily: boolean;
  /** The words behind the name. */
  readonly rest: readonly string[];
}

/**
 * Finds what a command line means.
 *
 * @throws {ExperimentError} If there is no such command, with those of nearly
 * its name.
 */
export function findCommands(
  words: readonly string[],
  among: readonly Command[],
): FoundCommands {
  const [first, second] = words;
  const both = `${first} ${second}`;
  const command = among.find(({ name }) => name === both) ??
    among.find(({ name }) => name === first);
  if (command) {
    const rest = words.slice(command.name.split(" ").length);
    return { commands: [command], isFamily: false, rest };
  }
  const family = among.filter(({ name }) => name.startsWith(`${first} `));
  if (family.length > 0 && (second === undefined || second.startsWith("-"))) {
    return { commands: family, isFamily: true, rest: words.slice(1) };
  }
  const given = family.length > 0 ? both : first!;
  const near = nearestNames(given, among.map(({ name }) => name))
    .map((name) => `deno task ${name}`);
  throw new ExperimentError(`Cannot ${given}: there is no such command`, {
    where: "the command line",
    fix: near.length > 0
      ? `Write ${near.join(" or ")}`
      : `Write one of ${
        (family.length > 0 ? family : among).map(({ name }) => name).join(", ")
      }`,
  });
}
