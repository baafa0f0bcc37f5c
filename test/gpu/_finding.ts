import { projectFolder } from "@/command/mod.ts";

/**
 * What became of something that was looked at: as it should be or not, only
 * told, or left out for want of time.
 */
export type Verdict = "ok" | "FAIL" | "told" | "left";

/** What a card showed. */
export interface Finding {
  /** What was looked at. */
  readonly what: string;
  /** What it came to. */
  readonly found: string;
  /** What it should be. */
  readonly limit?: string | undefined;
  /** What became of it. */
  readonly verdict: Verdict;
}

/** What parts of the acceptance work with. */
export interface AcceptanceOptions {
  /** The Python that has the peers. */
  readonly python: string;
  /** The card; null on the processor's plugin. */
  readonly gpu: string | null;
  /** The environment of whatever is started. */
  readonly env: Readonly<Record<string, string>>;
  /** How many seconds the part has left. */
  left(): number;
}

/** A part of the acceptance: tells what it finds as it goes. */
export type Part = (options: AcceptanceOptions) => AsyncIterable<Finding>;

/** A verdict on what is as it should be, or not. */
export function verdictOf(isMet: boolean): Verdict {
  return isMet ? "ok" : "FAIL";
}

/** What could not be looked at for want of time. */
export function leftOut(what: string): Finding {
  return { what, found: "no time was left for it", verdict: "left" };
}

/** Runs Deno in the project; gives what it said. */
export async function run(
  words: readonly string[],
  { command = ["run", "-A", "--quiet", "--no-check"], env }: {
    readonly command?: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<{ readonly code: number; readonly out: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...command, ...words],
    cwd: projectFolder,
    env: { ...env },
  }).output();
  const out = new TextDecoder().decode(stdout).trim();
  if (out === "") throw new Error(new TextDecoder().decode(stderr).trim());
  return { code, out };
}
