import { match } from "node:assert";
import { join } from "node:path";
import { ExperimentError, RunError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { defineCommand } from "./_command.ts";
import { sayTo } from "./_testing.ts";

const details = { where: "here", fix: "Mend it" };

function failing(name: string, error: unknown) {
  return defineCommand({
    name,
    summary: `Fails as ${name}`,
    positionals: [],
    options: {},
    run: () => Promise.reject(error),
  });
}

/** Fails as the system does where a folder is a file. */
const below = defineCommand({
  name: "below",
  summary: "Reads below a file",
  positionals: [],
  options: {},
  run: () => Deno.readTextFile(join(Deno.execPath(), "x")).then(() => 0),
});

const commands = [
  below,
  failing("memory", new RangeError("Array buffer allocation failed")),
  failing("input", new ExperimentError("Cannot read it", details)),
  failing("run", new RunError("Cannot finish it", details)),
  failing("bug", new TypeError("x is undefined")),
  failing("data import", new DOMException("stopped", "AbortError")),
  failing("data fetch", new ExperimentError("Cannot fetch it", details)),
];

const say = (...words: string[]) => sayTo(commands, words, { context: {} });

Deno.test("dispatch() exits with 2 for bad input, in three lines", async () => {
  const { code, err } = await say("input");
  assertEquals(code, 2);
  assertEquals(err, "Cannot read it\n  at   here\n  fix  Mend it");
});

Deno.test("dispatch() exits with 1 for a failed run", async () => {
  assertEquals((await say("run")).code, 1);
});

Deno.test("dispatch() exits with 1 for a bug, with its trace", async () => {
  const { code, err } = await say("bug");
  assertEquals(code, 1);
  match(err, /x is undefined\n +at .*Report this/s);
});

Deno.test("dispatch() says in three lines what the system refused", async () => {
  const { code, err } = await say("below");
  assertEquals(code, 2);
  const where = join(Deno.execPath(), "x");
  match(err, /^Cannot below: a part of the path is a file, not a folder\n/);
  assertEquals(err.split("\n")[1], `  at   ${where}`);
  match(err, /\n {2}fix {2}Name a path whose folders are folders$/);
});

Deno.test("dispatch() says in three lines that memory ran out", async () => {
  const { code, err } = await say("memory");
  assertEquals(code, 1);
  match(err, /^Cannot memory: memory ran out\n {2}at {3}memory\n {2}fix {2}/);
});

Deno.test("dispatch() exits with 1 for what was stopped", async () => {
  const { code, err } = await say("data", "import");
  assertEquals(code, 1);
  assertEquals(err, "Stopped before the end");
});

Deno.test("dispatch() finds commands of two words", async () => {
  match((await say("data", "fetch")).err, /Cannot fetch it/);
  match((await say("data", "--help")).out, /data import.*data fetch/s);
});

Deno.test("dispatch() suggests the nearest command", async () => {
  const { code, err } = await say("inptu");
  assertEquals(code, 2);
  match(
    err,
    /Cannot inptu: there is no such command\n.*\n +fix +Write deno task input/,
  );
  match((await say("data", "improt")).err, /Write deno task data import/);
});

Deno.test("dispatch() helps with 0, and without a command with 2", async () => {
  const help = await say("--help");
  assertEquals(help.code, 0);
  for (const { name } of commands) match(help.out, new RegExp(` +${name} `));
  assertEquals((await say()).code, 2);
  assertEquals((await say("-h")).out, help.out);
  for (const flag of ["-h", "--help"]) {
    const own = await say("bug", flag);
    assertEquals(own.code, 0);
    match(own.out, /^Fails as bug\./);
    match((await say("data", "import", flag)).out, /^Fails as data import\./);
    const family = await say("data", flag);
    assertEquals(family.code, 0);
    match(family.out, /data import.*data fetch/s);
  }
  const family = await say("data");
  assertEquals(family.code, 2);
  match(family.out, /data import.*data fetch/s);
  // Behind "--" it is a word as any other.
  match((await say("bug", "--", "-h")).err, /takes nothing more/);
});
