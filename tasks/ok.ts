/**
 * Everything a change must pass before it is committed: format, lint with the
 * house rules, types, doc comments, generated reference, tests. `--no-tests`
 * leaves the tests out.
 *
 * @module
 */
import { projectFolder } from "@/command/mod.ts";

const modules = [...Deno.readDirSync(`${projectFolder}/src`)]
  .filter(({ isDirectory }) => isDirectory)
  .map(({ name }) => `src/${name}/mod.ts`)
  .filter((path) => exists(`${projectFolder}/${path}`))
  .sort();

const checks: readonly (readonly [what: string, args: readonly string[]])[] = [
  ["format", ["fmt", "--check", "--quiet"]],
  ["lint", ["lint", "--quiet"]],
  ["types", ["check", "--quiet", "src", "tasks", "test"]],
  ["doc comments", ["doc", "--lint", "--quiet", ...modules]],
  ["reference", ["run", "-A", "--quiet", "tasks/docs.ts", "--check"]],
  ...(Deno.args.includes("--no-tests")
    ? []
    : [["tests", ["run", "-A", "--quiet", "tasks/test.ts"]] as const]),
];

const failed: string[] = [];
for (const [what, args] of checks) {
  console.log(`── ${what}: deno ${args.slice(0, 3).join(" ")}`);
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: projectFolder,
    stdout: what === "doc comments" ? "null" : "inherit",
    stderr: "inherit",
  }).output();
  if (!success) failed.push(what);
}
console.log(
  failed.length === 0 ? "All is well" : `Not yet: ${failed.join(", ")}`,
);
Deno.exit(failed.length === 0 ? 0 : 1);

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
