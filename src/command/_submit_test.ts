import { deepStrictEqual, match, rejects } from "node:assert/strict";
import { executorOf, workCommand } from "./_submit.ts";
import { projectFolder } from "./mod.ts";

Deno.test("executorOf() refuses what only a queue, or only this process, can do", async () => {
  const plain = { wait: false, open: false };
  deepStrictEqual((await executorOf({ ...plain, open: true })).queue, null);
  const slurm = { ...plain, executor: "slurm", wait: true };
  deepStrictEqual((await executorOf(slurm)).entry.type, "slurm");
  await rejects(executorOf({ ...plain, wait: true }), /none is asked/);
  await rejects(executorOf({ ...slurm, open: true }), /a queue writes later/);
});

Deno.test("workCommand() is the task of deno.json, from whatever folder", () => {
  const [program, verb, ...rest] = workCommand(projectFolder)(
    "/r/a b",
    "task",
  );
  deepStrictEqual([program, verb], [Deno.execPath(), "run"]);
  deepStrictEqual(rest.slice(0, 2), ["--config", `${projectFolder}/deno.json`]);
  match(rest.join("\n"), /^-P=compute$/m);
  deepStrictEqual(
    rest.slice(-3),
    [`${projectFolder}/src/main.ts`, "work", "/r/a b"],
  );
});
