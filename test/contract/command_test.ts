import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { commands, projectFolder } from "@/command/mod.ts";

const { tasks } = JSON.parse(
  Deno.readTextFileSync(join(projectFolder, "deno.json")),
) as { readonly tasks: Readonly<Record<string, string>> };

/** Tasks that the command line has nothing to do with. */
const others = ["wasm", "docs", "ok", "test"];

Deno.test("deno.json has a task for the first word of each command, and for no other", () => {
  const words = commands.map(({ name }) => name.split(" ")[0]!);
  deepStrictEqual(
    Object.keys(tasks).filter((task) => !others.includes(task)).toSorted(),
    [...new Set(words)].toSorted(),
  );
  for (const word of words) {
    deepStrictEqual(tasks[word], `deno run -A --quiet src/main.ts ${word}`);
  }
});

Deno.test("commands have names of their own, in lower case, and a line about each", () => {
  const names = commands.map(({ name }) => name);
  deepStrictEqual(new Set(names).size, names.length);
  for (const { name, summary, options, positionals } of commands) {
    match(name, /^[a-z]+( [a-z]+)?$/);
    match(summary, /^[A-Z].*[^.]$/);
    for (const { summary } of [...Object.values(options), ...positionals]) {
      match(summary, /^(?![A-Z][a-z]).*[^.]$/, `${name}: ${summary}`);
    }
    for (const option of Object.keys(options)) match(option, /^[a-z][a-z-]+$/);
  }
});
