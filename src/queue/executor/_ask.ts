import { ExperimentError, programEnvironment } from "@/core/mod.ts";

/** What a program of a queue is asked, and for what. */
interface Question {
  /** The program. */
  readonly program: string;
  /** Its words. */
  readonly args: readonly string[];
  /** What it is to do, after "Cannot". */
  readonly doing: string;
}

/**
 * What a program of a queue answers.
 *
 * @throws {ExperimentError} If it is not here, or refuses; with its own words.
 */
export async function ask(
  { program, args, doing }: Question,
): Promise<string> {
  const { success, stdout, stderr } = await output(program, args, doing);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return text(stdout);
  throw new ExperimentError(
    `Cannot ${doing}: ${text(stderr) || `${program} failed and said nothing`}`,
    { where: [program, ...args].join(" "), fix: "See what it says" },
  );
}

async function output(
  program: string,
  args: readonly string[],
  doing: string,
): Promise<Deno.CommandOutput> {
  try {
    return await new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      env: programEnvironment(),
    }).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new ExperimentError(
      `Cannot ${doing}: the program ${program} is not here`,
      {
        where: "PATH",
        fix: "Go to a machine that has it, such as the cluster's login node",
        cause: error,
      },
    );
  }
}
