import { ok } from "node:assert/strict";

/** Opens the source, takes 64 MiB, gives them back, and reads it. */
const program = `
  import { memory } from "${import.meta.resolve("./memory.ts")}";
  using open = memory.open({ cards: 0, folder: "." });
  new Uint8Array(2 ** 26).fill(1).buffer.transfer(0);
  const told = open.read();
  const status = Deno.readTextFileSync("/proc/self/status");
  console.log(JSON.stringify({ told, status }));
`;

Deno.test({
  name: "memory tells in MiB what the process holds, and the most that it held",
  ignore: Deno.build.os !== "linux",
  fn() {
    const { stdout } = new Deno.Command("sh", {
      // A child of ours would begin with the most that we held.
      args: ["-c", '"$@"; exit', "sh", Deno.execPath(), "eval", program],
    }).outputSync();
    const { told, status } = JSON.parse(new TextDecoder().decode(stdout));
    const isNear = (number: string, name: string) => {
      const [, kiB] = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)!;
      const difference = told[number] - Number(kiB) / 1024;
      ok(Math.abs(difference) < 16, `${number}: ${told[number]}`);
    };
    isNear("system.memoryMiB", "VmRSS");
    isNear("system.peakMemoryMiB", "VmHWM");
  },
});
