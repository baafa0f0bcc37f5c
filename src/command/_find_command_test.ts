import { deepStrictEqual, throws } from "node:assert";
import { defineCommand } from "./_command.ts";
import { findCommands } from "./_find_command.ts";

const commands = ["run", "data", "data get", "stack put", "stack pop"].map(
  (name) =>
    defineCommand({
      name,
      summary: name,
      positionals: [],
      options: {},
      run: () => Promise.resolve(0),
    }),
);

const find = (line: string) => {
  const { commands: found, ...how } = findCommands(line.split(" "), commands);
  return { found: found.map(({ name }) => name).join(), ...how };
};

Deno.test("findCommands() takes the longest name, and leaves the rest", () => {
  const isFamily = false;
  deepStrictEqual(find("run"), { found: "run", isFamily, rest: [] });
  deepStrictEqual(find("run a --b"), {
    found: "run",
    isFamily,
    rest: ["a", "--b"],
  });
  deepStrictEqual(find("data get a"), {
    found: "data get",
    isFamily,
    rest: ["a"],
  });
  deepStrictEqual(find("data put"), { found: "data", isFamily, rest: ["put"] });
});

Deno.test("findCommands() knows a family without a second word", () => {
  const found = "stack put,stack pop";
  deepStrictEqual(find("stack"), { found, isFamily: true, rest: [] });
  deepStrictEqual(find("stack -h"), { found, isFamily: true, rest: ["-h"] });
});

Deno.test("findCommands() names those of nearly the name, else all there are", () => {
  const refused = (line: string, what: string, fix: string) =>
    throws(() => find(line), {
      message: `Cannot ${what}: there is no such command`,
      fix,
    });
  refused("rnu a", "rnu", "Write deno task run");
  refused(
    "stack pup",
    "stack pup",
    "Write deno task stack put or deno task stack pop",
  );
  refused(
    "stack frobnicate",
    "stack frobnicate",
    "Write one of stack put, stack pop",
  );
  refused("x", "x", "Write one of run, data, data get, stack put, stack pop");
});
