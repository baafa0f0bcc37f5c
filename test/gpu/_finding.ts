import { projectFolder } from "@/command/mod.ts";

/** What a card showed. */
export interface Finding {
  /** What was looked at. */
  readonly what: string;
  /** What it came to. */
  readonly found: string;
  /** What it should be. */
  readonly limit?: string | undefined;
  /** Whether it is; null for what is only told. */
  readonly isMet: boolean | null;
}

/** What parts of the acceptance work with. */
export interface AcceptanceOptions {
  /** The Python that has the peers. */
  readonly python: string;
  /** Until when a part may begin something new, by `performance.now()`. */
  readonly deadlineMs: number;
  /** The card; null on the processor's plugin. */
  readonly gpu: string | null;
  /** The environment of whatever is started. */
  readonly env: Readonly<Record<string, string>>;
}

/** A finding, by what was looked at. */
export function finding(what: string, rest: Omit<Finding, "what">): Finding {
  return { what, ...rest };
}

/** Runs Deno in the project, for so many seconds at most; gives what it said. */
export async function run(
  words: readonly string[],
  { command = ["run", "-A", "--quiet", "--no-check"], more = [], ...options }: {
    readonly command?: readonly string[];
    readonly more?: readonly string[];
    readonly seconds: number;
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<{ readonly code: number; readonly out: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...command, ...words, ...more],
    cwd: projectFolder,
    env: { ...options.env },
    signal: AbortSignal.timeout(1000 * options.seconds),
  }).output();
  const out = new TextDecoder().decode(stdout).trim();
  if (out === "") throw new Error(new TextDecoder().decode(stderr));
  return { code, out };
}
