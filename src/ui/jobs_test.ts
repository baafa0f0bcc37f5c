import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { Jobs } from "./jobs.ts";

/** Jobs of a project whose one task says where and with what it is carried out. */
function withJobs(
  script: string,
  body: (jobs: Jobs, until: (is: () => boolean) => Promise<void>) => unknown,
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const command = "deno run -A --quiet task.ts";
    Deno.writeTextFileSync(
      join(folder, "deno.json"),
      JSON.stringify({ tasks: { run: { command } } }),
    );
    Deno.writeTextFileSync(join(folder, "task.ts"), script);
    const asked = new Set<number>();
    let changed = Promise.withResolvers<void>();
    const jobs = new Jobs({
      ...{ projectFolder: folder, callerFolder: "/caller" },
      options: ["--results=/r"],
      stops: {
        ask: (pid) =>
          !asked.has(pid) && (Deno.kill(pid, "SIGINT"), asked.add(pid), true),
        forget: (pid) => asked.delete(pid),
      },
      onChange() {
        changed.resolve();
        changed = Promise.withResolvers();
      },
    });
    await body(jobs, async (is) => {
      while (!is()) await changed.promise;
    });
  });
}

Deno.test("Jobs carry commands out one after the other, and keep what they say", () =>
  withJobs(
    `console.log(Deno.env.get("INIT_CWD"), ...Deno.args);
    console.error("no");
    Deno.exit(Deno.args.length);`,
    async (jobs, until) => {
      jobs.start(["run", "./a b.yaml", "--seed=1"], ["run"]);
      deepStrictEqual(jobs.waiting, ["deno task run"]);
      await until(() =>
        jobs.all[1]?.code !== undefined && jobs.going.length === 0
      );
      deepStrictEqual(jobs.waiting, []);
      const [second, first] = jobs.all;
      strictEqual(first!.command, "deno task run './a b.yaml' --seed=1");
      deepStrictEqual(first!.lines.toSorted(), [
        "/caller ./a b.yaml --seed=1 --results=/r",
        "no",
      ]);
      deepStrictEqual([first!.code, second!.code], [3, 1]);
    },
  ));

Deno.test({
  name: "Jobs ask a command to stop, once",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withJobs(
      `Deno.addSignalListener("SIGINT", () => {
        console.log("asked");
        clearInterval(timer);
        Deno.exit(7);
      });
      const timer = setInterval(() => {}, 1000);
      console.log("ready");`,
      async (jobs, until) => {
        jobs.start(["run"]);
        const now = () => jobs.all[0]!;
        await until(() => now().lines.includes("ready"));
        strictEqual(jobs.stop(2), false);
        strictEqual(jobs.stop(1), true);
        strictEqual(jobs.stop(1), false);
        await until(() => now().code !== null);
        deepStrictEqual(now().lines, ["ready", "asked"]);
        strictEqual(now().code, 7);
      },
    ),
});
