import type { CommandContext } from "./_context.ts";
import type { Outputs } from "./_outputs.ts";
import type { Pages } from "./_pages.ts";

/**
 * What a path of the command line is for. Before a command begins, each output
 * is checked: it can be written, is no input, and nothing of others is lost. A
 * `newFile` must not be there; what is `checkedLater` the command itself looks
 * after, once it knows whether it is a file.
 */
export type PathUse =
  | "input"
  | "output"
  | "newFile"
  | "outputFolder"
  | "checkedLater";

/** An option of a command: `--name`, or `--name VALUE` if it has a value. */
export interface OptionSpec {
  /** One line for the help text. */
  readonly summary: string;
  /** What its value is, in capitals; without it the option is a switch. */
  readonly value?: string;
  /** Whether it may be given more than once. */
  readonly isRepeatable?: true;
  /** What its value is for, if it is a path. */
  readonly path?: PathUse;
  /** What the name of a file to write may end with, the usual one first. */
  readonly endings?: readonly [string, ...string[]];
}

/** The options of a command by name, without the dashes. */
export type OptionShape = Readonly<Record<string, OptionSpec>>;

/** What the command line gave for options of some shape. */
export type OptionValues<Shape extends OptionShape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends { isRepeatable: true }
    ? readonly string[]
    : Shape[Name] extends { value: string } ? string | undefined
    : boolean;
};

/** Something a command takes without dashes, in its place. */
export interface PositionalSpec {
  /** What it is, in capitals. */
  readonly name: string;
  /** One line for the help text. */
  readonly summary: string;
  /** How many of it there may be: one by default. */
  readonly count?: "optional" | "some" | "any";
  /** That it is the path of a file that is read. */
  readonly path?: "input";
}

/** What the command line gave. */
export interface Arguments<Shape extends OptionShape = OptionShape> {
  /** The options; switches are false, repeatable ones empty where not given. */
  readonly options: OptionValues<Shape>;
  /** What was given without dashes, in order. */
  readonly positionals: readonly string[];
}

/** What a command begins with. */
export interface Beginning<Shape extends OptionShape = OptionShape>
  extends Arguments<Shape> {
  /** What decides about files that are known to be written only on the way. */
  readonly outputs: Outputs;
  /** Where pages are handed in that it wrote. */
  readonly pages: Pages;
}

/** A command of the command line. */
export interface Command<Shape extends OptionShape = OptionShape> {
  /** What it is called by: `run`, or `data import`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it takes in its places. */
  readonly positionals: readonly PositionalSpec[];
  /** Its options, in the order of the help text. */
  readonly options: Shape;
  /** What else a user should know, below the options. */
  readonly notes?: string;
  /**
   * Does it and returns the exit code: 0 fine, 1 a run failed.
   *
   * @throws {ExperimentError} For bad input; the exit code is 2 then.
   */
  run(args: Beginning<Shape>, context: CommandContext): Promise<number>;
}

/** Defines a command, its options typed by their shape. */
export function defineCommand<const Shape extends OptionShape>(
  command: Command<Shape>,
): Command {
  return command as unknown as Command;
}
