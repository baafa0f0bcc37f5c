import { match } from "node:assert/strict";
import { basename, join } from "node:path";
import { engineStatus } from "@/engine/mod.ts";
import { Workplace } from "@test/e2e/_run.ts";
import { assertEquals } from "@test/helpers.ts";

/** Fails unless a command is refused in three lines, with code 2. */
async function expectRefusal(
  place: Workplace,
  words: readonly string[],
  says: RegExp,
): Promise<void> {
  const { code, err } = await place.cleft(...words);
  assertEquals(code, 2, err);
  match(err, says);
  match(err, /^Cannot .+\n {2}at .+\n {2}fix .+\n$/m);
}

/**
 * Runs something on a machine without pip and without an index, whose
 * `nvidia-smi` prints a line, or that has none.
 */
async function onMachine(
  line: string | null,
  body: (place: Workplace) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "cleft-path-" });
  if (line !== null) {
    const program = join(folder, "nvidia-smi");
    await Deno.writeTextFile(program, `#!/bin/sh\necho "${line}"\n`);
    await Deno.chmod(program, 0o755);
  }
  using place = new Workplace({
    CLEFT_CACHE: join(folder, "cache"),
    PATH: folder,
    PIP_INDEX_URL: "http://127.0.0.1:9/simple",
  });
  try {
    await body(place);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("setup --plugin refuses what is no plugin, and goes on with what was", () =>
  onMachine(null, async (place) => {
    place.write("text.so", "not a library");
    const refuse = (path: string, says: RegExp) =>
      expectRefusal(place, ["setup", "--plugin", path], says);
    await refuse("none.so", /^Cannot load the PJRT plugin as there is no such/);
    await refuse("text.so", /^Cannot load the PJRT plugin as it is not a lib/);
    const { out } = await place.cleft("doctor", "--json");
    assertEquals(JSON.parse(out).plugin, null);
  }));

Deno.test("setup --check tells what is there and what of it is not right", () =>
  onMachine(null, async (place) => {
    const none = await place.cleft("setup", "--check");
    assertEquals(none.code, 0, none.err);
    match(none.out, /^Nothing is set up in .+cache\n$/);
    const cache = /in (.+)\n/.exec(none.out)![1]!;
    const { title, folder } = engineStatus()[0]!;
    await Deno.mkdir(join(cache, "engine", basename(folder)), {
      recursive: true,
    });
    const { code, out } = await place.cleft("setup", "--check");
    assertEquals(code, 1);
    assertEquals(out.startsWith(`${title}: it is not complete`), true, out);
    match(out, /; deno task setup sets it up again\n$/);
  }));

Deno.test({
  name: "setup --gpu refuses a driver that is too old",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    onMachine("470.82.01, Tesla K80, 11441, 3.7", async (place) => {
      await expectRefusal(
        place,
        ["setup", "--gpu"],
        /its driver 470\.82\.01 is too old\n.+\n.+ 580 or later/,
      );
    }),
});

Deno.test({
  name: "setup --gpu refuses a machine without a driver",
  // One that has a driver says so whatever PATH is.
  ignore: Deno.build.os !== "linux" || hasDriver(),
  fn: () =>
    onMachine(null, async (place) => {
      await expectRefusal(
        place,
        ["setup", "--gpu"],
        /no driver of NVIDIA's that works\n.+\n.+--plugin PATH/,
      );
    }),
});

Deno.test({
  name: "setup --gpu says what it fetches and that the index is not there",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    onMachine("580.95.05, NVIDIA H200, 143771, 9.0", async (place) => {
      const { code, err } = await place.cleft("setup", "--gpu");
      assertEquals(code, 2, err);
      match(err, /^Driver 580\.95\.05: NVIDIA H200$/m);
      match(err, /^Setting up XLA for NVIDIA's cards .+ MB to download/m);
      match(
        err,
        /^Cannot set up XLA for NVIDIA's cards .+\n {2}at .+\n {2}fix /m,
      );
    }),
});

function hasDriver(): boolean {
  try {
    return Deno.statSync("/proc/driver/nvidia/version").isFile;
  } catch {
    return false;
  }
}
