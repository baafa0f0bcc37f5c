import { parseArgs } from "node:util";
import { ExperimentError, nearestNames } from "@/core/mod.ts";
import type {
  Arguments,
  Command,
  OptionShape,
  PositionalSpec,
} from "./_command.ts";
import { usageOf } from "./_help.ts";

/**
 * Reads the words after a command's name.
 *
 * @throws {ExperimentError} For an unknown option, a missing value, or a word
 * too few or too many.
 */
export function parseArguments(
  command: Command,
  words: readonly string[],
): Arguments {
  const { options, positionals, name } = command;
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([option, { value }]) => [
        option,
        { type: value ? "string" as const : "boolean" as const },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const places: string[] = [];
  const refuse = (what: string, reason: string, fix: string) =>
    new ExperimentError(`Cannot use ${what}: ${reason}`, {
      where: `${name} ${words.join(" ")}`,
      fix,
    });
  for (const token of tokens) {
    if (token.kind === "positional") places.push(token.value);
    if (token.kind !== "option") continue;
    const spec = Object.hasOwn(options, token.name)
      ? options[token.name]!
      : undefined;
    if (!spec) {
      const near = nearestNames(token.name, Object.keys(options))
        .map((option) => `--${option}`);
      throw refuse(
        token.rawName,
        `"${name}" has no such option`,
        near.length > 0
          ? `Write ${near.join(" or ")}`
          : `See what there is: deno task help ${name}`,
      );
    }
    if (spec.value && !token.value) {
      throw refuse(
        token.rawName,
        "its value is missing",
        `Write --${token.name} ${spec.value}`,
      );
    }
    if (!spec.value && token.value !== undefined) {
      throw refuse(
        token.rawName,
        "it takes no value",
        `Write --${token.name} alone`,
      );
    }
    const values = given.get(token.name) ?? [];
    given.set(token.name, [...values, token.value ?? ""]);
  }
  checkCount(command, places, positionals, words);
  return { options: valuesOf(options, given), positionals: places };
}

function valuesOf(
  options: OptionShape,
  given: ReadonlyMap<string, readonly string[]>,
): Arguments["options"] {
  const entries = Object.entries(options).map(([name, spec]) => {
    const values = given.get(name) ?? [];
    if (spec.isRepeatable) return [name, values];
    return [name, spec.value ? values.at(-1) : values.length > 0];
  });
  return Object.fromEntries(entries);
}

function checkCount(
  command: Command,
  places: readonly string[],
  specs: readonly PositionalSpec[],
  words: readonly string[],
): void {
  const where = [command.name, ...words].join(" ");
  const needed = specs.filter(({ count }) => !count || count === "some");
  const missing = needed[places.length];
  if (missing) {
    throw new ExperimentError(`Cannot begin: ${missing.name} is missing`, {
      where,
      fix: `Write ${usageOf(command)}`,
    });
  }
  const isOpen = specs.some(({ count }) => count === "some" || count === "any");
  if (isOpen || places.length <= specs.length) return;
  throw new ExperimentError(
    `Cannot use "${places[specs.length]}": "${command.name}" takes ` +
      (specs.length === 0
        ? "nothing more"
        : `no more than ${specs.map((spec) => spec.name).join(" ")}`),
    { where, fix: `Write ${usageOf(command)}` },
  );
}
