/**
 * Runs every test and every example in a doc comment; words on the command line
 * go to `deno test`. Parts of the suite run side by side, each in a process of
 * its own, whose files share what they load.
 * TensorFlow's library and XLA's plugin for the processor are fetched first if
 * they are not there; where that fails, the tests that need them are left out,
 * and a line says so. The last line is `N passed, N failed`.
 *
 * @module
 */
import { projectFolder } from "@/command/mod.ts";
import { findCpuPlugin, isNativeReady } from "@/engine/mod.ts";
import { helpIfAsked } from "./_help.ts";
import { type TestJob, testJobs } from "./_test_jobs.ts";

helpIfAsked(import.meta.url);

if (!isNativeReady()) await setUp("TensorFlow", []);
if (!findCpuPlugin()) {
  await setUp("XLA's plugin for the processor", ["--plugin", "cpu"]);
}

const words = Deno.args.length > 0 ? Deno.args : ["src", "tasks", "test"];
const atOnce = navigator.hardwareConcurrency;
const jobs = testJobs(words, { projectFolder, atOnce });
if (jobs.length === 0) {
  console.error(`Cannot find a test at ${words.join(" ")}`);
  Deno.exit(1);
}
const isAlone = jobs.length === 1;
const sum = { passed: 0, failed: 0, code: 0 };
const failures: string[] = [];
const queue = jobs.values();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (const job of queue) await test(job);
  }),
);
for (const name of failures) console.error(`Failed: deno task test ${name}`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
Deno.exit(sum.code);

async function setUp(
  what: string,
  options: readonly string[],
): Promise<void> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "src/main.ts", "setup", ...options],
    cwd: projectFolder,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (code !== 0) console.error(`Testing without ${what}: it cannot be had`);
}

/** Runs `deno test`; what a job beside others prints comes at its end. */
async function test({ name, words }: TestJob): Promise<void> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--quiet", "--no-check", ...words],
    cwd: projectFolder,
    stdout: "piped",
    stderr: isAlone ? "inherit" : "piped",
  }).spawn();
  const said = isAlone
    ? textOf(process.stdout, (chunk) => Deno.stdout.writeSync(chunk))
    : Promise.all([textOf(process.stdout), textOf(process.stderr)])
      .then((texts) => texts.join(""));
  const { code } = await process.status;
  const text = await said;
  if (!isAlone) console.log(text.trim());
  const [, passed = "0", failed = "0"] = [
    ...withoutColours(text).matchAll(
      /^(?:ok|FAILED) \| (\d+) passed.*\| (\d+) failed/gm,
    ),
  ].at(-1) ?? [];
  sum.passed += Number(passed);
  sum.failed += Number(failed);
  sum.code ||= code;
  if (code !== 0 && !isAlone) failures.push(name);
}

/** All that a stream says, and each piece of it at once to who wants it. */
async function textOf(
  stream: ReadableStream<Uint8Array>,
  hear: (chunk: Uint8Array) => void = () => {},
): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    hear(chunk);
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

function withoutColours(text: string): string {
  // deno-lint-ignore no-control-regex -- the escape character begins a colour
  return text.replaceAll(/\x1b\[[0-9;]*m/g, "");
}
