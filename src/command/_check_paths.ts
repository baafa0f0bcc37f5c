import { basename, extname, resolve } from "node:path";
import { ExperimentError, isFolderOutput, type Output } from "@/core/mod.ts";
import type { Arguments, Command, PathUse } from "./_command.ts";
import { type CommandContext, resultsFolder } from "./_context.ts";
import { realPath } from "./_output_memory.ts";
import { Outputs } from "./_outputs.ts";

/** A path that the command line gave. */
interface GivenPath extends Output {
  /** What it is for. */
  readonly use: PathUse;
  /** What its name may end with; anything if undefined. */
  readonly endings: readonly string[] | undefined;
}

/**
 * Checks every output that a command line names, before anything is done, and
 * returns what decides about further ones.
 *
 * @throws {ExperimentError} If one cannot or may not be written.
 */
export async function checkPaths(
  { command, args }: {
    readonly command: Command;
    readonly args: Arguments;
  },
  context: CommandContext,
): Promise<Outputs> {
  const given = givenPaths(command, args, context);
  const outputs = given.filter(({ use }) => use !== "input");
  // Pages in their usual place are known by it; only others need the memory.
  const { cacheFolder } = outputs.length > 0
    ? await import("@/engine/mod.ts")
    : { cacheFolder: noFolder };
  const { results } = args.options;
  const rules = new Outputs({
    isForced: args.options["force"] === true,
    resultsFolder: "results" in command.options
      ? resultsFolder({ results: results as string | undefined }, context)
      : null,
    cacheFolder,
  });
  rules.addInputs(
    given.filter(({ use }) => use === "input").map(({ path }) => path),
  );
  for (const output of outputs) {
    if (output.use === "checkedLater") continue;
    if (output.use === "outputFolder") rules.checkFolder(output);
    else if (output.use === "newFile") rules.checkNew(output);
    else rules.check(output);
    checkEnding(output);
  }
  refuseOneForTwo(outputs);
  return rules;
}

/** Fails if two options would write the same file: one of them would be lost. */
function refuseOneForTwo(outputs: readonly GivenPath[]): void {
  const taken = new Map<string, GivenPath>();
  for (const output of outputs) {
    const place = realPath(output.path), other = taken.get(place);
    if (other) {
      throw new ExperimentError(
        `Cannot write two things to "${output.path}"`,
        {
          where: `${other.where} ${output.where}`,
          fix: "Name a file for each",
        },
      );
    }
    taken.set(place, output);
  }
}

function givenPaths(
  { options, positionals }: Command,
  args: Arguments,
  { callerFolder }: CommandContext,
): readonly GivenPath[] {
  const ofOptions = Object.entries(options).flatMap((
    [name, { path: use, endings }],
  ) =>
    [args.options[name] ?? []].flat().map((text) => ({
      use,
      endings,
      text: `${text}`,
      where: `--${name} ${text}`,
    }))
  );
  const ofPlaces = args.positionals.map((text, i) => ({
    use: positionals[Math.min(i, positionals.length - 1)]?.path,
    endings: undefined,
    text,
    where: text,
  }));
  return [...ofOptions, ...ofPlaces].flatMap(
    ({ use, endings, text, where }) => {
      if (!use) return [];
      const isFile = use === "output" || use === "newFile";
      if (isFile && /[/\\]$/.test(text) && !isFolderOutput(text)) {
        throw noFile(text, where);
      }
      return { use, endings, path: resolve(callerFolder, text), where };
    },
  );
}

function noFolder(): never {
  throw new TypeError("Cannot recall outputs: none was given");
}

/** Refuses a name that says it is of another kind; one without ending is fine. */
export function checkEnding(
  { path, where, endings }: Pick<GivenPath, "path" | "where" | "endings">,
): void {
  const ending = extname(path);
  if (!endings || ending === "") return;
  if (endings.includes(ending.toLowerCase())) return;
  throw new ExperimentError(
    `Cannot write "${path}": the file is ${endings[0]}, not ${ending}`,
    { where, fix: `Name it like ${basename(path, ending)}${endings[0]}` },
  );
}

function noFile(text: string, where: string): ExperimentError {
  return new ExperimentError(`Cannot write "${text}": it names a folder`, {
    where,
    fix: "Name a file in it",
  });
}
