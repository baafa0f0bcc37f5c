import { join } from "node:path";
import { programEnvironment, shellQuote } from "@/core/mod.ts";
import type { LiveJob } from "@/report/mod.ts";
import type { Stops } from "./stops.ts";

/** The most lines of what a command says that are kept. */
const mostLines = 300;

/** The longest line that is kept whole. */
const mostCharacters = 2000;

/** Where commands are carried out. */
export interface JobPlace {
  /** The folder with Cleft's code and its `deno.json`. */
  readonly projectFolder: string;
  /** The folder that paths of a command are meant from. */
  readonly callerFolder: string;
  /** Words that each command has besides, such as where the results are. */
  readonly options: readonly string[];
  /** What asks them to stop. */
  readonly stops: Pick<Stops, "ask" | "forget">;
  /** Called whenever a command has said something, or ended. */
  readonly onChange: () => void;
}

/**
 * Commands of Cleft's that were started from the live page, each a process of
 * its own with the rights of its task: they outlive the page.
 */
export class Jobs {
  readonly #place: JobPlace;
  readonly #jobs: Job[] = [];
  readonly #waiting = new Set<readonly string[]>();

  /** Carries out commands somewhere. */
  constructor(place: JobPlace) {
    this.#place = place;
  }

  /** All of them, the newest first. */
  get all(): readonly LiveJob[] {
    return this.#jobs.map(({ now }) => now).toReversed();
  }

  /** Starts a command, such as `["rerun", "last"]`; the others one after the other. */
  start(words: readonly string[], ...then: readonly string[][]): void {
    const number = this.#jobs.length + 1;
    const job = new Job(number, { words, place: this.#place });
    this.#jobs.push(job);
    for (const later of then) this.#waiting.add(later);
    const [next, ...rest] = then;
    if (next) void job.ended.then(() => this.start(next, ...rest));
    this.#waiting.delete(words);
    this.#place.onChange();
  }

  /** Asks one to stop after its step; false if there is none, or it was asked. */
  stop(number: number): boolean {
    return this.#jobs[number - 1]?.stop() ?? false;
  }

  /** Those that go on. */
  get going(): readonly LiveJob[] {
    return this.all.filter(({ code }) => code === null);
  }

  /** Commands, as a user would type them, whose turn has not come. */
  get waiting(): readonly string[] {
    return [...this.#waiting].map(typed);
  }
}

class Job {
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  readonly #number: number;
  readonly #text: string;
  readonly #lines: string[] = [];
  readonly #place: JobPlace;
  readonly #process: Deno.ChildProcess;
  #isStopping = false;
  #code: number | null = null;

  constructor(
    number: number,
    { words, place }: {
      readonly words: readonly string[];
      readonly place: JobPlace;
    },
  ) {
    this.#number = number;
    this.#text = typed(words);
    this.#place = place;
    this.#process = spawned([...words, ...place.options], place);
    this.ended = this.#follow();
  }

  get now(): LiveJob {
    return {
      number: this.#number,
      command: this.#text,
      pid: this.#process.pid,
      isStopping: this.#isStopping,
      code: this.#code,
      lines: [...this.#lines],
    };
  }

  stop(): boolean {
    const { stops, onChange } = this.#place;
    if (this.#code !== null || !stops.ask(this.#process.pid)) return false;
    this.#isStopping = true;
    onChange();
    return true;
  }

  async #follow(): Promise<void> {
    const { stdout, stderr, status } = this.#process;
    const [{ code }] = await Promise.all([
      status,
      this.#hear(stdout),
      this.#hear(stderr),
    ]);
    this.#code = code;
    this.#place.stops.forget(this.#process.pid);
    this.#place.onChange();
  }

  async #hear(stream: ReadableStream<Uint8Array>): Promise<void> {
    let rest = "";
    const keep = (line: string) => {
      this.#lines.push(line.slice(0, mostCharacters));
      if (this.#lines.length > mostLines) this.#lines.shift();
      this.#place.onChange();
    };
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      const lines = (rest + decoder.decode(bytes, { stream: true }))
        .split("\n");
      rest = lines.pop()!;
      for (const line of lines) keep(line);
    }
    if (rest !== "") keep(rest);
  }
}

function typed(words: readonly string[]): string {
  return ["deno task", ...words.map(shellQuote)].join(" ");
}

/** Cleft's command as its task in `deno.json` carries it out. */
function spawned(
  words: readonly string[],
  { projectFolder, callerFolder }: JobPlace,
): Deno.ChildProcess {
  const { tasks } = JSON.parse(
    Deno.readTextFileSync(join(projectFolder, "deno.json")),
  ) as { readonly tasks: Readonly<Record<string, { command: string }>> };
  const [, ...task] = tasks[words[0]!]!.command.split(" "); // `deno` is we
  return new Deno.Command(Deno.execPath(), {
    args: [...task, ...words.slice(1)],
    cwd: projectFolder,
    env: { ...programEnvironment(), INIT_CWD: callerFolder, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true, // Ctrl+C is for the page alone
  }).spawn();
}
