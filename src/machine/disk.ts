import process from "node:process";
import type { MachineSource } from "./source.ts";

const mean = { unit: "MiB/s", kept: "mean" } as const;
const read = {
  ...mean,
  name: "system.diskReadMiBPerS",
  label: "Disk read",
  summary: "What the run had to read from disks",
} as const;
const written = {
  ...mean,
  name: "system.diskWriteMiBPerS",
  label: "Disk written",
  summary: "What the run wrote to disks",
} as const;

/** What the run reads from disks and writes to them. */
export const disk: MachineSource = {
  name: "disk",
  numbers: [read, written],
  open() {
    if (Deno.build.os !== "linux") {
      throw new Error(`${Deno.build.os} does not count it in bytes`);
    }
    let before = now();
    return {
      read() {
        const after = now(), seconds = (after.atMs - before.atMs) / 1000;
        const rates = {
          [read.name]: (after.readMiB - before.readMiB) / seconds,
          [written.name]: (after.writtenMiB - before.writtenMiB) / seconds,
        };
        before = after;
        return seconds > 0 ? rates : {};
      },
      [Symbol.dispose]() {},
    };
  },
};

/** Linux counts blocks of 512 bytes. */
const blocksAMiB = 2 ** 20 / 512;

function now() {
  const { fsRead, fsWrite } = process.resourceUsage();
  return {
    readMiB: fsRead / blocksAMiB,
    writtenMiB: fsWrite / blocksAMiB,
    atMs: performance.now(),
  };
}
