import type { CommandContext } from "./_context.ts";
import { dispatch } from "./_dispatch.ts";
import { commands } from "./mod.ts";

/** What a command line came to. */
export interface Said {
  /** The exit code. */
  readonly code: number;
  /** What was printed. */
  readonly out: string;
  /** What was noted, errors included. */
  readonly err: string;
}

/** Carries out a command line in this process; records and cache lie in `folder`. */
export async function say(
  folder: string,
  ...words: readonly string[]
): Promise<Said> {
  const out: string[] = [], err: string[] = [];
  const context: CommandContext = {
    callerFolder: folder,
    projectFolder: folder,
    environment: {},
    isTerminal: false,
    signal: new AbortController().signal,
    print: (line) => out.push(line),
    note: (line) => err.push(line),
  };
  const code = await dispatch(words, commands, context);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** Registers a test with an empty folder, which is then removed. */
export function testInFolder(
  name: string,
  body: (folder: string) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const folder = Deno.makeTempDirSync({ prefix: "cleft-command-" });
    try {
      await body(folder);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}
