import { assertEquals } from "@test/helpers.ts";
import { type Holder, isAlive, thisHolder } from "./_holder.ts";
import type { LockState } from "./_run_lock.ts";

const nowMs = Date.parse("2026-11-23T21:05:00Z");
/** Whether one lives that was heard of some minutes ago. */
const lives = (holder: Holder, minutes: number, lock: LockState = "missing") =>
  isAlive({
    holder,
    at: new Date(nowMs - minutes * 60_000).toISOString(),
  }, { lock, nowMs });
const here = thisHolder();
const elsewhere: Holder = { ...here, host: "another" };

Deno.test("isAlive() believes a lock that is held, wherever the process is", () => {
  for (const holder of [here, elsewhere]) {
    assertEquals(lives(holder, 600, "held"), true);
  }
});

Deno.test("isAlive() believes a free lock of this machine, not of another", () => {
  assertEquals(lives(here, 0, "free"), false);
  assertEquals(lives(elsewhere, 1, "free"), true);
  assertEquals(lives(elsewhere, 3, "free"), false);
});

Deno.test("isAlive() trusts a sign of life for two minutes where there is no lock", () => {
  for (const holder of [here, elsewhere]) {
    assertEquals(lives(holder, 1), true);
    assertEquals(lives(holder, 3), false);
    assertEquals(lives(holder, -3), false);
  }
});

/** This process as versions without locks recorded it, if there is a /proc. */
function withoutLocks(): Holder | null {
  if (Deno.build.os !== "linux") return null;
  const stat = Deno.readTextFileSync("/proc/self/stat");
  const boot = Deno.readTextFileSync("/proc/sys/kernel/random/boot_id").trim();
  return {
    ...here,
    startTick: stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]!,
    pidSpace: `${boot} ${Deno.readLinkSync("/proc/self/ns/pid")}`,
  };
}
const older = withoutLocks();

Deno.test({
  name: "isAlive() looks up the process of a version without locks",
  ignore: older === null,
  fn() {
    assertEquals(lives(older!, 600), true);
    assertEquals(lives({ ...older!, pid: 2 ** 22 + 1 }, 0), false);
    // A number that is used again, and one of an earlier boot.
    assertEquals(lives({ ...older!, startTick: "1" }, 0), false);
    const pidSpace = older!.pidSpace!.replace(/^\S+/, "an-earlier-boot");
    assertEquals(lives({ ...older!, pidSpace }, 0), false);
  },
});

Deno.test("isAlive() trusts a sign of life of an older version on another machine", () => {
  const holder = { ...elsewhere, startTick: "1", pidSpace: "boot pid:[1]" };
  assertEquals(lives(holder, 1), true);
  assertEquals(lives(holder, 3), false);
});
