import { assertEquals } from "@test/helpers.ts";
import { cgroupLimit } from "./cgroup_limit.ts";

function limitOf(files: Readonly<Record<string, string>>): number {
  return cgroupLimit((path) => files[path] ?? null);
}

Deno.test("cgroupLimit() is the least of a group and those around it", () => {
  const own = "/proc/self/cgroup", job = "/sys/fs/cgroup/slurm/job_7";
  const group = { [own]: "0::/slurm/job_7/step_0\n" };
  const limit = (max: string) => `${max}\n`;
  assertEquals(
    limitOf({
      ...group,
      [`${job}/step_0/memory.max`]: limit("max"),
      [`${job}/memory.max`]: limit("4294967296"),
      "/sys/fs/cgroup/slurm/memory.max": limit("8589934592"),
    }),
    2 ** 32,
  );
  assertEquals(
    limitOf({ ...group, "/sys/fs/cgroup/memory.max": limit("1048576") }),
    2 ** 20,
  );
  assertEquals(limitOf(group), Infinity);
  assertEquals(limitOf({}), Infinity);
});

Deno.test("cgroupLimit() knows groups of the first version", () => {
  const memory = "/sys/fs/cgroup/memory";
  assertEquals(
    limitOf({
      "/proc/self/cgroup": "5:cpu:/a\n4:hugetlb,memory:/docker/x\n0::/\n",
      [`${memory}/docker/x/memory.limit_in_bytes`]: "9223372036854771712\n",
      [`${memory}/docker/memory.limit_in_bytes`]: "2147483648\n",
      [`${memory}/memory.limit_in_bytes`]: "9223372036854771712\n",
    }),
    2 ** 31,
  );
});

Deno.test("cgroupLimit() is above 0 on this machine", () => {
  assertEquals(cgroupLimit() > 0, true);
});
