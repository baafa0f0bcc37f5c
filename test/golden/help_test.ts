import { commandHelp, commands, overallHelp } from "@/command/mod.ts";
import { assertGolden } from "./golden.ts";

Deno.test("overallHelp() lists every command", () => {
  assertGolden("help.txt", `${overallHelp(commands)}\n`);
});

Deno.test("commandHelp() tells what each command takes", () => {
  assertGolden(
    "help_commands.txt",
    commands.map((command) => `${commandHelp(command)}\n`).join("\n\n"),
  );
});
