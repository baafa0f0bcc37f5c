import { join } from "node:path";
import { readKernelFile } from "./kernel_file.ts";

/** Where Linux shows the groups of processes, and what limits their memory there. */
const forms = [
  { line: /^0::(.*)$/m, mount: "/sys/fs/cgroup", file: "memory.max" },
  {
    line: /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(.*)$/m,
    mount: "/sys/fs/cgroup/memory",
    file: "memory.limit_in_bytes",
  },
] as const;

/**
 * The least memory, in bytes, that a group of processes which this one belongs to
 * may have: its own, as of a container, or one around it, as of a job of Slurm;
 * Infinity if none sets a limit, or it may not be asked.
 */
export function cgroupLimit(
  read: (path: string) => string | null = readKernelFile,
): number {
  const groups = read("/proc/self/cgroup") ?? "";
  const limits = forms.flatMap(({ line, mount, file }) => {
    const own = line.exec(groups)?.[1];
    if (own === undefined) return [];
    const names = own.split("/").filter((name) => name !== "");
    return [...names, ""].map((_, i) => join(mount, ...names.slice(0, i), file))
      .map((path) => Number.parseInt(read(path) ?? "")); // "max" is no number
  });
  return Math.min(...limits.filter((limit) => limit > 0));
}
