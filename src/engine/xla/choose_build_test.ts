import { deepStrictEqual, throws } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { chooseBuild } from "./choose_build.ts";
import type { Nvidia } from "./cards.ts";

const x86 = { os: "linux", arch: "x86_64" };
const arm = { os: "linux", arch: "aarch64" };

function machine(driver: string, ...capabilities: number[]): Nvidia {
  const cards = capabilities.map((capability) => ({
    name: "NVIDIA Some Card",
    memoryMiB: 80_000,
    capability,
  }));
  return { driver, cards };
}

Deno.test("chooseBuild() takes CUDA 13 where the driver knows it, else CUDA 12", () => {
  const chosen = ["600.1", "580.65.06", "575.57.08", "525.60.13"]
    .map((driver) => chooseBuild(machine(driver, 9), x86).id);
  deepStrictEqual(chosen, [
    "pjrt-cuda13",
    "pjrt-cuda13",
    "pjrt-cuda12",
    "pjrt-cuda12",
  ]);
  assertEquals(chooseBuild(machine("580.65.06"), arm).id, "pjrt-cuda13");
});

Deno.test("chooseBuild() adds what several cards need", () => {
  const projects = (...capabilities: number[]) =>
    chooseBuild(machine("580.65.06", ...capabilities), x86).support(x86).bill!
      .wheels.map(({ project }) => project);
  const one = projects(9), two = projects(9, 9);
  deepStrictEqual(two.slice(0, -1), one);
  assertEquals(two.at(-1), "nvidia-nccl-cu13");
});

Deno.test("chooseBuild() says what a machine lacks", () => {
  throws(() => chooseBuild(null, x86), /no driver of NVIDIA's/);
  throws(
    () => chooseBuild(machine("470.82.01", 7), x86),
    {
      message: /470\.82\.01 is too old/,
      fix: /580 or later, or at least to 525/,
    },
  );
  throws(
    () => chooseBuild(machine("570.86.10", 9), arm),
    { message: /570\.86\.10 is too old/, fix: /to 580 or later$/ },
  );
  throws(() => chooseBuild(machine("580.65.06", 7), x86), /"NVIDIA Some Card"/);
  throws(
    () => chooseBuild(null, { os: "darwin", arch: "aarch64" }),
    /not packaged for darwin on aarch64/,
  );
});
