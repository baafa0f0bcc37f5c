import { type Command, defineCommand } from "./_command.ts";
import { findCommands } from "./_find_command.ts";
import { commandHelp, overallHelp } from "./_help.ts";

/** Tells what commands there are; `among` gives all of them, this one too. */
export function helpOn(among: () => readonly Command[]): Command {
  return defineCommand({
    name: "help",
    summary: "List the commands, or tell all about one",
    positionals: [{
      name: "COMMAND",
      count: "any",
      summary: "such as run, or data import",
    }],
    options: {},
    run({ positionals }, context) {
      const all = among();
      context.print(
        positionals.length === 0
          ? overallHelp(all)
          : findCommands(positionals, all).commands.map(commandHelp)
            .join("\n\n"),
      );
      return Promise.resolve(0);
    },
  });
}
