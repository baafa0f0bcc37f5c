import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { commands, projectFolder } from "@/command/mod.ts";

interface Task {
  readonly description: string;
  readonly command: string;
}

const { tasks, permissions, allowScripts } = read("deno.json") as {
  readonly tasks: Readonly<Record<string, Task>>;
  readonly permissions: Readonly<Record<string, Record<string, unknown>>>;
  readonly allowScripts: { readonly deny: readonly string[] };
};

function read(name: string): unknown {
  return JSON.parse(Deno.readTextFileSync(join(projectFolder, name)));
}

/** Tasks that the command line has nothing to do with. */
const others = ["wasm", "docs", "ok", "test", "mutate"];

Deno.test("deno.json has a task for the first word of each command, and for no other", () => {
  const words = commands.map(({ name }) => name.split(" ")[0]!);
  deepStrictEqual(
    Object.keys(tasks).filter((task) => !others.includes(task)).toSorted(),
    [...new Set(words)].toSorted(),
  );
  for (const word of words) {
    match(
      tasks[word]!.command,
      new RegExp(
        `^deno run -P=[a-z]+ --no-prompt --quiet src/main.ts ${word}$`,
      ),
    );
  }
});

/** What a task may besides reading and writing files. */
function rightsOf({ command }: Task): Readonly<Record<string, unknown>> {
  return permissions[/-P=([a-z]+)/.exec(command)![1]!]!;
}

Deno.test("deno.json lets commands that only read and write files do nothing else", () => {
  const words = commands.map(({ name }) => name.split(" ")[0]!);
  const may = (right: string) =>
    [...new Set(words.filter((word) => right in rightsOf(tasks[word]!)))]
      .toSorted();
  const training = [
    ...["export", "predict", "rerun", "resume", "run", "view", "work"],
  ];
  deepStrictEqual(
    may("net"),
    ["data", ...training, "setup", "ui"].toSorted(),
  );
  deepStrictEqual(rightsOf(tasks["ui"]!).net, ["127.0.0.1"]);
  deepStrictEqual(
    may("ffi"),
    ["bench", "doctor", ...training, "setup"].toSorted(),
  );
  deepStrictEqual(
    may("run"),
    [
      ...[
        "align",
        "bench",
        "compare",
        "doctor",
        "export",
        "list",
        "predict",
        "preview",
        "replay",
      ],
      ...["report", "rerun", "resume", "run", "setup", "ui", "view", "work"],
    ],
  );
  deepStrictEqual(rightsOf(tasks["list"]!).run, ["squeue"]);
  const openers = ["explorer", "open", "xdg-open"];
  for (const word of ["align", "preview", "compare", "report"]) {
    deepStrictEqual(rightsOf(tasks[word]!).run, openers);
  }
  for (const { name, options } of commands) {
    if (!("open" in options)) continue;
    const { run } = rightsOf(tasks[name.split(" ")[0]!]!);
    if (run === true) continue;
    const may = run as readonly string[];
    deepStrictEqual(openers.filter((one) => !may.includes(one)), [], name);
  }
});

Deno.test("deno.json describes each task as help does, a family by its members", () => {
  for (const [task, { description }] of Object.entries(tasks)) {
    if (others.includes(task)) {
      match(description, /^[A-Z].*[^.]$/);
      continue;
    }
    const members = commands
      .filter(({ name }) => name.split(" ")[0] === task)
      .map(({ name, summary }) =>
        name === task ? summary : `${name.slice(task.length + 1)}: ${summary}`
      );
    deepStrictEqual({ [task]: description }, { [task]: members.join("; ") });
  }
});

// Deno shows a box about scripts that it does not run, unless they are denied.
Deno.test("deno.json denies the scripts of every package that has some", () => {
  const { npm } = read("deno.lock") as {
    npm: Record<string, { readonly scripts?: true }>;
  };
  const withScripts = Object.keys(npm).filter((name) => npm[name]!.scripts)
    .map((name) => `npm:${name.replace(/(?<=.)@.*$/, "")}`);
  deepStrictEqual(allowScripts.deny.toSorted(), withScripts.toSorted());
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
