import { ExperimentError, programEnvironment } from "@/core/mod.ts";

/** What a program of a queue is asked, and for what. */
interface Question {
  /** The program. */
  readonly program: string;
  /** Its words. */
  readonly args: readonly string[];
  /** What it is to do, after "Cannot". */
  readonly doing: string;
  /** What a user can do about its refusal. */
  readonly fix: string;
}

/** A queue that is silent for longer is down. */
const longestMs = 30_000;

/**
 * What a program of a queue answers.
 *
 * @throws {ExperimentError} If it is not here, or refuses; with its own words.
 */
export async function ask(question: Question): Promise<string> {
  const { program, doing, fix } = question;
  const signal = AbortSignal.timeout(longestMs);
  const { success, stdout, stderr } = await output(question, signal);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return text(stdout);
  const why = signal.aborted
    ? `${program} does not answer within ${longestMs / 1000} s`
    : text(stderr) || `${program} failed and said nothing`;
  throw new ExperimentError(`Cannot ${doing}: ${why}`, {
    where: program,
    fix,
  });
}

async function output(
  { program, args, doing }: Question,
  signal: AbortSignal,
): Promise<Deno.CommandOutput> {
  try {
    return await new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      signal,
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
