import { inTemporaryFolder } from "@test/folder.ts";
import type { Command } from "./_command.ts";
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

/** A context whose user is elsewhere, and hears nothing; all can be changed. */
export function makeContext(
  changes: Partial<CommandContext> = {},
): CommandContext {
  return {
    callerFolder: "/somewhere",
    projectFolder: "/project",
    environment: {},
    isTerminal: false,
    goOnBy: () => {},
    stopsBy: () => {},
    signal: new AbortController().signal,
    stoppedBy: null,
    print: () => {},
    note: () => {},
    ...changes,
  };
}

/** Carries out a command line of some commands in this process. */
export async function sayTo(
  commands: readonly Command[],
  words: readonly string[],
  { context }: { readonly context: Partial<CommandContext> },
): Promise<Said> {
  const out: string[] = [], err: string[] = [];
  const heard = makeContext({
    print: (line) => out.push(line),
    note: (line) => err.push(line),
    ...context,
  });
  const code = await dispatch(words, { commands, context: heard });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** The same of ours; records and cache lie in `folder`. */
export function say(
  folder: string,
  ...words: readonly string[]
): Promise<Said> {
  const context = { callerFolder: folder, projectFolder: folder };
  return sayTo(commands, words, { context });
}

/** Registers a test with an empty folder, which is then removed. */
export function testInFolder(
  name: string,
  body: (folder: string) => void | Promise<void>,
): void {
  Deno.test(name, () => inTemporaryFolder(body));
}
