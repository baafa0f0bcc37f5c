import { match, ok } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { ExperimentError } from "./errors.ts";
import { explainSystemError, systemFault } from "./system_error.ts";

/** What the system says to an attempt in a new folder. */
function errorOf(attempt: (folder: string) => unknown): unknown {
  const folder = Deno.makeTempDirSync();
  try {
    attempt(folder);
  } catch (error) {
    return error;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
  throw new Error("Expected the attempt to fail");
}

const cases: readonly [
  code: string,
  says: RegExp,
  attempt: (folder: string) => unknown,
][] = [
  ["ENOENT", /no such file/, (f) => Deno.statSync(join(f, "none"))],
  ["ENOENT", /no such file/, (f) => readFileSync(join(f, "none"))],
  ["EISDIR", /it is a folder/, (f) => Deno.readFileSync(f)],
  ["ENAMETOOLONG", /too long/, (f) => Deno.statSync(join(f, "x".repeat(999)))],
  ["ENOTDIR", /is a file, not a folder/, (f) => {
    Deno.writeTextFileSync(join(f, "file"), "");
    Deno.statSync(join(f, "file", "inner"));
  }],
  ["ELOOP", /links form a circle/, (f) => {
    Deno.symlinkSync("loop", join(f, "loop"));
    Deno.statSync(join(f, "loop"));
  }],
];

for (const [code, says, attempt] of cases) {
  Deno.test({
    name: `systemFault() has words for ${code}, ${says}`,
    ignore: Deno.build.os === "windows",
    fn() {
      const fault = systemFault(errorOf(attempt));
      assertEquals(fault?.code, code);
      match(fault!.reason, says);
      ok(fault!.path?.startsWith("/"), "it names the path");
      ok(!/os error/.test(fault!.reason + fault!.fix));
    },
  });
}

Deno.test({
  name: "systemFault() has words for a full disk, which tells no path",
  ignore: Deno.build.os !== "linux",
  fn() {
    const error = errorOf(() => {
      using full = Deno.openSync("/dev/full", { write: true });
      full.writeSync(new Uint8Array(1));
    });
    assertEquals(systemFault(error)?.reason, "the disk is full");
    assertEquals(systemFault(error)?.path, null);
  },
});

Deno.test("systemFault() has words for a right that Deno lacks", () => {
  const fault = systemFault(
    new Deno.errors.NotCapable(
      'Requires read access to "/etc/x", run again with the --allow-read flag',
    ),
  );
  match(fault!.reason, /without the right.*\(Requires read access to/);
  assertEquals(fault!.path, "/etc/x");
});

Deno.test("explainSystemError() leaves other errors as they are", () => {
  for (const error of [new TypeError("x"), "text", { code: "ENOENT" }]) {
    assertEquals(explainSystemError(error, { doing: "read" }), error);
  }
  const odd = Object.assign(new Error("x"), { code: "toString" });
  assertEquals(explainSystemError(odd, { doing: "read" }), odd);
});

Deno.test("explainSystemError() says what could not be done, and where", () => {
  const error = errorOf((f) => Deno.statSync(join(f, "none")));
  const said = explainSystemError(error, { doing: "read it" });
  ok(said instanceof ExperimentError);
  assertEquals(
    said.message,
    "Cannot read it: there is no such file or folder",
  );
  match(said.where, /none$/);
  assertEquals(said.cause, error);
  const placed = explainSystemError(error, { doing: "read", where: "x.yaml" });
  assertEquals((placed as ExperimentError).where, "x.yaml");
});
