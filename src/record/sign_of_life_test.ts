import { ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { RunError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { SignOfLife } from "./_sign_of_life.ts";
import { inTemporaryFolder, newRun } from "./_testing.ts";
import { openRecords } from "./records.ts";

/** When the only run in a database was last heard of. */
function signOf(path: string): number {
  using db = new DatabaseSync(path, { readOnly: true });
  return Date.parse(`${db.prepare("SELECT at FROM heartbeat").get()!.at}`);
}

/** Runs `body` with what calls the intervals that were begun, as time does. */
function withIntervals(body: (pass: () => void) => void): void {
  const { setInterval, clearInterval } = globalThis;
  const running = new Set<() => void>();
  try {
    Object.assign(globalThis, {
      setInterval: (give: () => void) => {
        running.add(give);
        return { give, unref() {} };
      },
      clearInterval: ({ give }: { give: () => void }) => running.delete(give),
    });
    body(() => running.forEach((give) => give()));
    assertEquals(running.size, 0);
  } finally {
    Object.assign(globalThis, { setInterval, clearInterval });
  }
}

Deno.test("SignOfLife is given while nothing is recorded, until the end of a recording", () => {
  withIntervals((pass) =>
    inTemporaryFolder((folder) => {
      using records = openRecords(folder);
      const { now } = Date;
      const path = join(folder, "runs.sqlite");
      try {
        using recorder = records.startRun(newRun());
        const before = signOf(path);
        Date.now = () => now() + 60_000;
        pass();
        ok(signOf(path) - before >= 60_000);
        recorder.finish("finished");
      } finally {
        Date.now = now;
      }
    })
  );
});

Deno.test("SignOfLife leaves it to the next write to say what is wrong, and hides no mistake", () => {
  withIntervals((pass) => {
    using _ = new SignOfLife(() => {
      throw new RunError("Cannot record", { where: "here", fix: "-" });
    });
    pass();
  });
  withIntervals((pass) => {
    using _ = new SignOfLife(() => {
      throw new TypeError("a mistake");
    });
    throws(pass, /a mistake/);
  });
});
