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
/** What goes on with what is done now. */
let goesOn: string | undefined;
let stopping = "Stopping after this step";

/** The first signal asks for an orderly end, the second one ends the process. */
function onSignal(): void {
  if (stop.signal.aborted) {
    console.error(
      goesOn === undefined
        ? "Stopped at once"
        : `Stopped at once; go on with: ${goesOn}`,
    );
    Deno.exit(130);
  }
  console.error(`${stopping}; once more to stop at once`);
  stop.abort();
}

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
      Deno.addSignalListener("SIGINT", onSignal);
      if (Deno.build.os !== "windows") {
        Deno.addSignalListener("SIGTERM", onSignal);
      }
      listens = true;
    }
    return stop.signal;
  },
  goOnBy: (command) => goesOn = command,
  stopsBy: (words) => stopping = words,
  // What files and command lines bring along does not steer the terminal.
  print: (line) => console.log(printableLines(line)),
  note: (line) => console.error(printableLines(line)),
};

Deno.exit(await dispatch(Deno.args, { commands, context }));
