import { printableLines } from "@/core/mod.ts";
import {
  type CommandContext,
  commands,
  dispatch,
  projectFolder,
} from "@/command/mod.ts";

/** Set when someone asked a command to stop. */
const stop = new AbortController();
let listens = false;
let stoppedBy: Deno.Signal | null = null;
/** What goes on with what is done now. */
let goesOn: string | undefined;
let stopping = "Stopping after this step";

/** The first signal asks for an orderly end, the second one ends the process. */
function onSignal(signal: Deno.Signal): void {
  if (stop.signal.aborted) {
    console.error(
      goesOn === undefined
        ? "Stopped at once"
        : `Stopped at once; go on with: ${goesOn}`,
    );
    Deno.exit(130);
  }
  console.error(`${stopping}; once more to stop at once`);
  stoppedBy = signal;
  stop.abort();
}

/** What users and queues ask by for an end; USR1, that a queue's time is up. */
const signals: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGUSR1"];

const context: CommandContext = {
  callerFolder: Deno.env.get("INIT_CWD") ?? Deno.cwd(),
  projectFolder,
  environment: {
    CLEFT_DATA: Deno.env.get("CLEFT_DATA"),
    CLEFT_RESULTS: Deno.env.get("CLEFT_RESULTS"),
  },
  isTerminal: Deno.stdout.isTerminal(),
  get signal() {
    if (!listens) {
      for (const one of signals) {
        Deno.addSignalListener(one, () => onSignal(one));
      }
      listens = true;
    }
    return stop.signal;
  },
  get stoppedBy() {
    return stoppedBy;
  },
  goOnBy: (command) => goesOn = command,
  stopsBy: (words) => stopping = words,
  // What files and command lines bring along does not steer the terminal.
  print: (line) => console.log(printableLines(line)),
  note: (line) => console.error(printableLines(line)),
};

Deno.exit(await dispatch(Deno.args, { commands, context }));
