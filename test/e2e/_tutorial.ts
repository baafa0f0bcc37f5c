import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";

/** A tutorial as it is written. */
export function textOf(name: string): string {
  return Deno.readTextFileSync(join(projectFolder, "docs/tutorials", name));
}

/** The command lines of a tutorial's shell blocks, each as the words after `deno task`. */
export function commandsOf(name: string): readonly (readonly string[])[] {
  return [...textOf(name).matchAll(/^```sh\n(.*?)^```/gms)].flatMap((
    [, block],
  ) =>
    block!.replaceAll("\\\n", " ").trim().split("\n").map((line) => {
      const [deno, task, ...words] = wordsOf(line);
      if (deno === "deno" && task === "task") return words;
      throw new Error(`Cannot try "${line}": it is no task`);
    })
  );
}

/** A line as a shell divides it, where quotes are single and whole. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)]
    .map(([word]) => word.replaceAll("'", ""));
}
