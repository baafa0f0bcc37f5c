import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RunError } from "@/core/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { filesBelow, newRun, withRecords } from "@/record/_testing.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { assertEquals } from "@test/helpers.ts";

Deno.test("a run killed while it records is crashed, and keeps every flushed point", async () => {
  for (const lines of [1, 7, 40]) {
    await inTemporaryFolder(async (folder) => {
      const child = startChild("metrics", folder);
      const last = Number((await child.lines(lines)).at(-1));
      await child.kill();

      checkIntegrity(folder);
      using records = openRecords(folder);
      const run = records.run("last");
      assertEquals(run.state, "crashed");
      ok(run.reason!.startsWith(`Process ${child.pid} on `));
      const [a, b] = records.metricSeries(run.id);
      ok(a!.steps.length >= last);
      assertEquals(a!.steps.length % 50, 0); // whole flushes alone
      deepStrictEqual(a!.values, a!.steps.map((step) => step / 3));
      deepStrictEqual(b!.values, a!.steps.map(() => NaN));

      using recorder = records.continueRun(run.id, { afterStep: last });
      recorder.finish("finished");
      assertEquals(records.run(run.id).state, "finished");
    });
  }
});

Deno.test("a run killed while it writes a checkpoint has one whole checkpoint", async () => {
  for (const [lines, laterMs] of [[1, 0], [4, 3], [6, 7], [9, 11]] as const) {
    await inTemporaryFolder(async (folder) => {
      const child = startChild("checkpoints", folder);
      const printed = Number((await child.lines(lines)).at(-1));
      await new Promise((done) => setTimeout(done, laterMs));
      await child.kill();

      checkIntegrity(folder);
      using records = openRecords(folder);
      const [step] = records.artifact("last", "checkpoint/last");
      ok(step! >= printed);
      // A checkpoint comes with all that was recorded before it.
      assertEquals(records.lastMetrics("last")["train/a"], step!);

      using _recorder = records.continueRun("last", { afterStep: 0 });
      const files = filesBelow(join(folder, "objects"))
        .filter((path) => !path.endsWith(".tmp"));
      assertEquals(files.length, 1);
    });
  }
});

Deno.test("four processes record at once, and nothing is lost or doubled", async () => {
  await inTemporaryFolder(async (folder) => {
    // The same seed everywhere, so that random numbers repeat.
    const children = Array.from(
      { length: 4 },
      () => startChild("points", folder, { number: 2000, flags: ["--seed=1"] }),
    );
    const ids = await Promise.all(
      children.map(async (child) => (await child.lines(1))[0]!),
    );
    await Promise.all(children.map((child) => child.end()));
    assertEquals(new Set(ids).size, 4);
    checkIntegrity(folder);
    using records = openRecords(folder, { readOnly: true });
    const expected = Array.from({ length: 2000 }, (_, i) => i + 1);
    for (const id of ids) {
      assertEquals(records.run(id).state, "finished");
      deepStrictEqual(records.metricSeries(id).map((s) => s.values), [
        expected,
      ]);
    }
  });
});

Deno.test("a run that a living process records is read, but not taken over", async () => {
  await inTemporaryFolder(async (folder) => {
    const child = startChild("metrics", folder);
    try {
      await child.lines(1);
      using reader = openRecords(folder, { readOnly: true });
      assertEquals(reader.run("last").state, "running");
      const before = reader.metrics("last").length;
      await child.lines(before / 100 + 1); // each comes after 100 points
      ok(reader.metrics("last").length > before);
      using records = openRecords(folder);
      const pattern = new RegExp(`process ${child.pid} on .* is running it`);
      throws(() => records.continueRun("last", { afterStep: 0 }), pattern);
    } finally {
      await child.kill();
    }
  });
});

Deno.test("a recorder whose run was taken over writes nothing more", () => {
  withRecords((records) => {
    using first = records.startRun(newRun());
    { // As if it ran on a machine that was not heard of for long.
      Deno.removeSync(join(first.folder, "recording.lock"));
      using db = new DatabaseSync(join(records.folder, "runs.sqlite"));
      db.exec(`UPDATE heartbeat SET at = '2020-01-01T00:00:00.000Z', holder =
        '{"pid":1,"startTick":"1","host":"another","pidSpace":"boot pid:[1]"}'`);
    }
    assertEquals(records.run("last").state, "crashed");
    using _second = records.continueRun("last", { afterStep: 0 });
    first.metric({ split: "train", name: "a", step: 1, value: 1 });
    throws(() => first.flush(), /another process has taken it over/);
    throws(() => first.finish("failed"), RunError);
    deepStrictEqual(records.metrics("last"), []);
    assertEquals(records.run("last").state, "running");
  });
});

Deno.test("a database locked for longer than the timeout delays a flush alone", async () => {
  await inTemporaryFolder(async (folder) => {
    using records = openRecords(folder, { timeoutMs: 50 });
    using recorder = records.startRun(newRun());
    const child = startChild("lock", folder, { number: 600 });
    await child.lines(1);
    recorder.metric({ split: "train", name: "a", step: 1, value: 1 });
    recorder.flush();
    assertEquals(records.metrics("last").length, 1);
    await child.end();
  });
});

Deno.test("a database locked for good fails a flush, and the next writes all once", () => {
  withRecords((records) => {
    using recorder = records.startRun(newRun());
    using db = new DatabaseSync(join(records.folder, "runs.sqlite"));
    db.exec("BEGIN IMMEDIATE");
    recorder.metric({ split: "train", name: "a", step: 1, value: 1 });
    for (let attempt = 0; attempt < 2; attempt++) {
      throws(
        () => recorder.flush(),
        (error) =>
          error instanceof RunError &&
          error.message.endsWith("another program keeps the database locked"),
      );
    }
    throws(() => recorder.log("info", "hello"), RunError);
    db.exec("ROLLBACK");
    recorder.metric({ split: "train", name: "a", step: 2, value: 2 });
    recorder.flush();
    recorder.flush();
    deepStrictEqual(records.metricSeries("last")[0]!.values, [1, 2]);
    deepStrictEqual(records.log("last").map((line) => line.text), ["hello"]);
  }, { timeoutMs: 20, patienceMs: 100 });
});

Deno.test("a lost log of SQLite leaves an intact older state", () => {
  withTwoFolders((folder, copy) => {
    using records = openRecords(folder);
    using recorder = records.startRun(newRun());
    Deno.mkdirSync(copy, { recursive: true });
    {
      using db = new DatabaseSync(join(folder, "runs.sqlite"));
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    recorder.log("info", "only in the log of SQLite");
    Deno.copyFileSync(join(folder, "runs.sqlite"), join(copy, "runs.sqlite"));

    checkIntegrity(copy);
    using older = openRecords(copy);
    assertEquals(older.run("last").id, recorder.run.id);
    deepStrictEqual(older.log("last"), []);
  });
});

function checkIntegrity(folder: string): void {
  using db = new DatabaseSync(join(folder, "runs.sqlite"));
  deepStrictEqual(
    db.prepare("PRAGMA integrity_check").all().map((row) => ({ ...row })),
    [{ integrity_check: "ok" }],
  );
  deepStrictEqual(db.prepare("PRAGMA foreign_key_check").all(), []);
}

function withTwoFolders(body: (one: string, other: string) => void): void {
  withRecords((records) =>
    body(join(records.folder, "one"), join(records.folder, "other"))
  );
}

/** Starts `record_child.ts`; its lines can be awaited. */
function startChild(
  what: string,
  folder: string,
  { number = 0, flags = [] }: { number?: number; flags?: string[] } = {},
) {
  const script = fileURLToPath(import.meta.resolve("./record_child.ts"));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", ...flags, script, what, folder, `${number}`],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    pid: child.pid,
    /** The first `count` lines it prints. */
    async lines(count: number): Promise<string[]> {
      while (text.split("\n").length <= count) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The child ended after: ${text}`);
        text += value;
      }
      return text.split("\n").slice(0, count);
    },
    /** Kills it at once. */
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await reader.cancel();
      await child.status;
    },
    /** Waits for its end. */
    async end(): Promise<void> {
      while (!(await reader.read()).done);
      assertEquals((await child.status).code, 0);
    },
  };
}
