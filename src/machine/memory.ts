import process from "node:process";
import type { MachineSource } from "./source.ts";

const now = {
  name: "system.memoryMiB",
  label: "Memory",
  unit: "MiB",
  summary: "Memory of the machine that the run holds",
  kept: "highest",
} as const;
const peak = {
  name: "system.peakMemoryMiB",
  label: "Peak memory",
  unit: "MiB",
  summary: "The most memory of the machine that the run held",
  kept: "peak",
} as const;

/** How much memory the run holds. */
export const memory: MachineSource = {
  name: "memory",
  numbers: [now, peak],
  open() {
    const before = mostMiB();
    return {
      read() {
        const heldMiB = Deno.memoryUsage().rss / 2 ** 20;
        // The system remembers the most of the process, whose runs before may
        // have had more than this one.
        const most = mostMiB();
        return {
          [now.name]: heldMiB,
          [peak.name]: most > before ? Math.max(most, heldMiB) : heldMiB,
        };
      },
      [Symbol.dispose]() {},
    };
  },
};

/** The most that this process ever held; 0 where its unit is not sure. */
function mostMiB(): number {
  return Deno.build.os === "linux" ? process.resourceUsage().maxRSS / 1024 : 0;
}
