import { ExperimentError, programEnvironment } from "@/core/mod.ts";

/** What a program of a queue is asked, and for what. */
export interface Question {
  /** The program. */
  readonly program: string;
  /** Its words. */
  readonly args: readonly string[];
  /** What it is to do, after "Cannot". */
  readonly doing: string;
  /** What a user can do about its refusal. */
  readonly fix: string;
  /** Variables of the environment that it is not to see. */
  readonly without?: readonly string[];
  /** What it says where its queue is out of reach, in one form or another. */
  readonly silence: RegExp;
}

/** That a queue does not answer, which may be for minutes: its server starts anew. */
export class QueueSilence extends ExperimentError {}

/** A program that is silent for longer is not waited for. */
const longestMs = 30_000;

/**
 * What a program of a queue answers.
 *
 * @throws {QueueSilence} If the queue is out of reach.
 * @throws {ExperimentError} If the program is not here, or refuses; with its own words.
 */
export async function ask(question: Question): Promise<string> {
  const { program, doing, fix, silence } = question;
  const signal = AbortSignal.timeout(longestMs);
  const { success, stdout, stderr } = await output(question, signal);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return text(stdout);
  const why = signal.aborted
    ? `${program} does not answer within ${longestMs / 1000} s`
    : text(stderr) || `${program} failed and said nothing`;
  const isSilent = signal.aborted || silence.test(why);
  throw new (isSilent ? QueueSilence : ExperimentError)(
    `Cannot ${doing}: ${why}`,
    { where: program, fix },
  );
}

async function output(
  { program, args, doing, without = [] }: Question,
  signal: AbortSignal,
): Promise<Deno.CommandOutput> {
  const env = { ...Deno.env.toObject(), ...programEnvironment() };
  for (const name of without) delete env[name];
  try {
    return await new Deno.Command(program, {
      ...{ args: [...args], stdin: "null", signal },
      ...{ clearEnv: true, env },
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
