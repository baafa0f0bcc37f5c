/**
 * Everything a change must pass before it is committed: format, lint with the
 * house rules, types, doc comments, generated reference, tests. `--no-tests`
 * leaves the tests out.
 *
 * @module
 */
import { projectFolder } from "@/command/mod.ts";
import { lintDocs } from "./_doc_lint.ts";
import { helpIfAsked } from "./_help.ts";

helpIfAsked(import.meta.url);

const checks:
  readonly (readonly [what: string, run: () => Promise<boolean>])[] = [
    ["format", format],
    ["lint", () => deno("lint", "--quiet")],
    ["types", () => deno("check", "--quiet", "src", "tasks", "test")],
    ["doc comments", docComments],
    ["reference", () => deno("run", "-A", "-q", "tasks/docs.ts", "--check")],
    ...(Deno.args.includes("--no-tests")
      ? []
      : [["tests", () => deno("run", "-A", "-q", "tasks/test.ts")] as const]),
  ];

const failed: string[] = [];
for (const [what, run] of checks) {
  const start = performance.now();
  const isFine = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${isFine ? "ok  " : "FAIL"} ${what} (${seconds} s)`);
  if (!isFine) failed.push(what);
}
console.log(
  failed.length === 0 ? "All is well" : `Not yet: ${failed.join(", ")}`,
);
Deno.exit(failed.length === 0 ? 0 : 1);

async function deno(...args: readonly string[]): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: projectFolder,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return success;
}

async function format(): Promise<boolean> {
  const isFine = await deno("fmt", "--check");
  if (!isFine) console.error("  fix  deno fmt");
  return isFine;
}

async function docComments(): Promise<boolean> {
  const findings = await lintDocs(modules());
  for (const finding of findings) console.error(finding.trimEnd());
  return findings.length === 0;
}

/** The `mod.ts` of every module. */
function modules(): string[] {
  return [...Deno.readDirSync(`${projectFolder}/src`)]
    .filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => `src/${name}/mod.ts`)
    .filter((path) => isFile(`${projectFolder}/${path}`))
    .sort();
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
