import { deepStrictEqual } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { mayLoadLibraries, mayRun, programEnvironment } from "./program.ts";

Deno.test("programEnvironment() empties paths of libraries, and nothing else", () => {
  const names = ["LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "OLD_LD_PATH"];
  const before = names.map((name) => Deno.env.get(name));
  try {
    for (const name of names) Deno.env.set(name, "/x");
    deepStrictEqual(programEnvironment(), {
      LD_LIBRARY_PATH: "",
      DYLD_INSERT_LIBRARIES: "",
    });
  } finally {
    names.forEach((name, i) => {
      const value = before[i];
      if (value === undefined) Deno.env.delete(name);
      else Deno.env.set(name, value);
    });
  }
});

Deno.test({
  name: "mayRun() tells what this process may start",
  permissions: { run: ["git"] },
  fn() {
    assertEquals(mayRun("git"), true);
    assertEquals(mayRun("/elsewhere/git"), false);
  },
});

Deno.test({
  name: "mayLoadLibraries() tells whether this process may load native ones",
  permissions: { ffi: false },
  fn() {
    assertEquals(mayLoadLibraries(), false);
  },
});
