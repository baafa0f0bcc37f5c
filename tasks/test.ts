/**
 * Runs every test and every example in a doc comment; words on the command line
 * go to `deno test`. The native engine is set up first if it is not there; where
 * that fails, the tests that need it are left out, and a line says so. The last
 * line is `N passed, N failed`.
 *
 * @module
 */
import { projectFolder } from "@/command/mod.ts";
import { isNativeReady } from "@/engine/mod.ts";

if (!isNativeReady()) {
  const code = await deno(["run", "-A", "--quiet", "src/main.ts", "setup"]);
  if (code !== 0) {
    console.error(
      "Testing without the native engine, which could not be set up",
    );
  }
}

const words = Deno.args.length > 0 ? Deno.args : ["src", "tasks", "test"];
const process = new Deno.Command(Deno.execPath(), {
  args: ["test", "-A", "--quiet", "--no-check", "--doc", ...words],
  cwd: projectFolder,
  stdout: "piped",
  stderr: "inherit",
}).spawn();

let tail = "";
const decoder = new TextDecoder();
for await (const chunk of process.stdout) {
  Deno.stdout.writeSync(chunk);
  tail = (tail + decoder.decode(chunk, { stream: true })).slice(-4000);
}
const { code } = await process.status;
const [, passed = "0", failed = "0"] =
  /(\d+) passed.*\| (\d+) failed/.exec(withoutColours(tail)) ?? [];
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(code);

async function deno(args: string[]): Promise<number> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: projectFolder,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return code;
}

function withoutColours(text: string): string {
  // deno-lint-ignore no-control-regex -- the escape character begins a colour
  return text.replaceAll(/\x1b\[[0-9;]*m/g, "");
}
