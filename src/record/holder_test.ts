import { assertEquals } from "@test/helpers.ts";
import { type Holder, isAlive, thisHolder } from "./_holder.ts";

const now = Date.parse("2026-11-23T21:05:00Z");
const minutesAgo = (minutes: number) =>
  new Date(now - minutes * 60_000).toISOString();
const here = thisHolder();
const elsewhere: Holder = {
  ...here,
  host: "another",
  pidSpace: "b0075e2e-0000 pid:[1]",
};

Deno.test("isAlive() looks a process up where it can", () => {
  assertEquals(isAlive(here, minutesAgo(600), now), true);
  assertEquals(
    isAlive({ ...here, pid: 2 ** 22 + 1 }, minutesAgo(0), now),
    false,
  );
});

Deno.test({
  name: "isAlive() is not deceived by a process number that is used again",
  ignore: here.startTick === null, // no /proc here
  fn: () =>
    assertEquals(
      isAlive({ ...here, startTick: "1" }, minutesAgo(0), now),
      false,
    ),
});

Deno.test({
  name: "isAlive() knows that a reboot ends every process",
  ignore: here.pidSpace === null, // no /proc here
  fn() {
    const pidSpace = here.pidSpace!.replace(/^\S+/, "an-earlier-boot");
    assertEquals(isAlive({ ...here, pidSpace }, minutesAgo(0), now), false);
  },
});

Deno.test("isAlive() trusts a heartbeat of another machine for two minutes", () => {
  assertEquals(isAlive(elsewhere, minutesAgo(1), now), true);
  assertEquals(isAlive(elsewhere, minutesAgo(3), now), false);
  assertEquals(isAlive(elsewhere, minutesAgo(-3), now), false);
});
