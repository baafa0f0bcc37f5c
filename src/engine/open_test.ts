import { deepStrictEqual, match } from "node:assert";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { servePackages } from "@test/engine/package_index.ts";
import { assertEquals } from "@test/helpers.ts";
import type { SelfTest } from "./selftest.ts";
import { writeInventory } from "./setup/ready.ts";
import { isNativeReady } from "./status.ts";
import { tensorflow } from "./tensorflow/builds.ts";
import type { EngineFacts } from "./types.ts";

/** What a fresh process says of an engine that it opens. */
interface Report {
  readonly code: number;
  readonly stderr: string;
  readonly facts: EngineFacts;
  readonly test: SelfTest;
}

const script = fileURLToPath(
  new URL("../../test/engine/report_engine.ts", import.meta.url),
);

async function openElsewhere(
  kind: string,
  threads: number,
  env: Record<string, string> = {},
): Promise<Report> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", script, kind, `${threads}`],
    env: { ...env, NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).output();
  const decoder = new TextDecoder();
  const text = decoder.decode(stdout);
  return {
    code,
    stderr: decoder.decode(stderr),
    ...(text === "" ? {} as Report : JSON.parse(text)),
  };
}

Deno.test({
  name: "openEngine() trains to the same bits in every process",
  ignore: !isNativeReady(),
  fn: async () => {
    for (const threads of [1, 2]) {
      const first = await openElsewhere("auto", threads);
      const again = await openElsewhere("tensorflow", threads);
      assertEquals(first.code, 0, first.stderr);
      assertEquals(first.facts.engine, "tensorflow");
      assertEquals(first.facts.threads, threads);
      assertEquals(first.test.isPassed, true, "self-test");
      assertEquals(again.test.weightsSha256, first.test.weightsSha256);
      match(first.stderr, /^Computing (on the processor|by TensorFlow): .+\n$/);
      assertEquals(again.stderr, "", "noise");
    }
  },
});

Deno.test("openEngine() of embedded is silent and right", async () => {
  const { code, stderr, facts, test } = await openElsewhere("embedded", 0);
  assertEquals(code, 0, stderr);
  assertEquals(stderr, "");
  assertEquals(facts.engine, "embedded");
  assertEquals(facts.threads, 1);
  deepStrictEqual(facts.notices, []);
  assertEquals(test.isPassed, true, "self-test");
});

/** A process that cannot set the native library up: empty cache, no pip, no index. */
async function withoutLibrary(
  body: (env: Record<string, string>) => Promise<void>,
): Promise<void> {
  const cache = await Deno.makeTempDir();
  await using index = servePackages({
    project: "other",
    file: "other.whl",
    content: new Uint8Array(1),
  });
  try {
    await body({ CLEFT_CACHE: cache, PATH: cache, PIP_INDEX_URL: index.url });
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}

Deno.test("openEngine() of auto goes on without the library, and says so", async () => {
  await withoutLibrary(async (env) => {
    const { code, stderr, facts, test } = await openElsewhere("auto", 2, env);
    assertEquals(code, 0, stderr);
    assertEquals(facts.engine, "embedded");
    assertEquals(test.isPassed, true, "self-test");
    assertEquals(facts.notices.length, 1);
    match(
      facts.notices[0]!,
      /^Going on with the embedded engine, which is slower: Cannot set up TensorFlow 2\.21\.0: /,
    );
    match(stderr, /^Setting up TensorFlow .* MB to download/m);
    assertEquals(stderr.includes(facts.notices[0]!), true, "told as well");
  });
});

Deno.test({
  name: "openEngine() of auto notices a library that is damaged, and goes on",
  ignore: !tensorflow.support().bill,
  fn: () =>
    withoutLibrary(async (env) => {
      const { wheels, library } = tensorflow.support().bill!;
      const folder = join(env["CLEFT_CACHE"]!, "engine", tensorflow.folder);
      const path = join(folder, library);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeTextFile(path, "damaged");
      writeInventory(folder, {
        wheels: Object.fromEntries(wheels.map((w) => [w.file, w.sha256])),
        files: [{ path: library, bytes: 7, sha256: "0".repeat(64) }],
      });
      const { code, stderr, facts } = await openElsewhere("auto", 2, env);
      assertEquals(code, 0, stderr);
      assertEquals(facts.engine, "embedded");
      match(
        stderr,
        /^TensorFlow 2\.21\.0 in the cache is set up again: ".+" is damaged$/m,
      );
      match(facts.notices[0]!, /^Going on with the embedded engine/);
    }),
});

Deno.test("openEngine() of tensorflow fails without the library", async () => {
  await withoutLibrary(async (env) => {
    const { code, stderr } = await openElsewhere("tensorflow", 2, env);
    assertEquals(code, 1);
    match(stderr, /Cannot set up TensorFlow 2\.21\.0: /);
  });
});
