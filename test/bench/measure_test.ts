import { deepStrictEqual, ok } from "node:assert";
import { spawnSync } from "node:child_process";
import { assertEquals } from "@test/helpers.ts";
import { millisecondsOf, millisecondsOfAll, peakMiB } from "./measure.ts";

Deno.test("millisecondsOf() warms up, then takes three rounds", () => {
  const calls: number[] = [];
  millisecondsOf((call) => calls.push(call), 0);
  deepStrictEqual(calls, [0, 1, 2, 3]);
});

Deno.test("millisecondsOfAll() waits for each call, the least of three rounds", async () => {
  const pausesMs = [0, 200, 20, 200];
  const ms = await millisecondsOfAll(async (call) => {
    await new Promise((done) => setTimeout(done, pausesMs[call]!));
  }, 0);
  ok(ms >= 19 && ms < 200, `${ms} ms`);
});

Deno.test("millisecondsOf() takes the least round", () => {
  const pausesMs = [0, 200, 20, 200];
  const ms = millisecondsOf((call) => pause(pausesMs[call]!), 0);
  ok(ms >= 19 && ms < 200, `${ms} ms`);
});

Deno.test("millisecondsOf() divides a round by its calls", () => {
  const ms = millisecondsOf(() => pause(5), 0.05);
  ok(ms >= 4.9 && ms < 50, `${ms} ms`);
});

Deno.test("peakMiB() keeps what was given back", () => {
  const before = peakMiB();
  touchMiB(before + 100);
  ok(peakMiB() > before + 50);
});

Deno.test({
  name: "peakMiB() is not that of the process that started this one",
  ignore: Deno.build.os !== "linux",
  fn() {
    touchMiB(600);
    const url = new URL("./measure.ts", import.meta.url);
    const { stdout, status } = spawnSync(Deno.execPath(), [
      "eval",
      "--no-config",
      `import { tell } from "${url}"; tell(1);`,
    ], { encoding: "utf8" });
    assertEquals(status, 0);
    ok(JSON.parse(stdout).peakMiB < 300, stdout);
  },
});

function touchMiB(size: number): void {
  new Uint8Array(size * 2 ** 20).fill(1);
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
