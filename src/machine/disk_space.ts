import { statfsSync } from "node:fs";
import type { MachineSource } from "./source.ts";

const free = {
  name: "system.diskFreeGiB",
  label: "Disk free",
  unit: "GiB",
  summary: "Room that is left on the disk of the results",
  kept: "mean",
} as const;

/** How much room is left for results. */
export const diskSpace: MachineSource = {
  name: "room on the disk",
  numbers: [free],
  open: ({ folder }) => ({
    read() {
      const { bavail, bsize } = statfsSync(folder);
      return { [free.name]: bavail * bsize / 2 ** 30 };
    },
    [Symbol.dispose]() {},
  }),
};
