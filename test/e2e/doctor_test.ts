import { deepStrictEqual, match } from "node:assert";
import { join } from "node:path";
import { findCpuPlugin } from "@/engine/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { quickEnvironment } from "@test/quick_flags.ts";
import { Workplace } from "./_run.ts";

/** What programs read of `doctor --json`. */
interface Diagnosis {
  readonly versions: Readonly<Record<string, string>>;
  readonly builds: readonly {
    readonly build: string;
    readonly isReady: boolean;
    readonly libraryPath: string | null;
  }[];
  readonly plugin: { readonly path: string; readonly from: string } | null;
  readonly engine: { readonly engine: string; readonly gpu: string | null };
  readonly selfTest: { readonly isPassed: boolean };
  readonly convolutions: readonly {
    readonly precision: string;
    readonly teraflops: number;
  }[];
  readonly folders: Readonly<Record<string, string>>;
}

Deno.test("doctor tests what is there, and downloads nothing", async () => {
  using outside = new Workplace();
  const cache = join(outside.folder, "cache");
  using bare = new Workplace({ CLEFT_CACHE: cache, CLEFT_PJRT_PLUGIN: "" });
  const found = await bare.json<Diagnosis>("doctor");
  assertEquals(found.engine.engine, "embedded");
  assertEquals(found.selfTest.isPassed, true, "self-test");
  assertEquals(found.plugin, null);
  deepStrictEqual(
    found.builds.map(({ build, isReady }) => [build, isReady]),
    ["tensorflow", "pjrt-cuda13", "pjrt-cuda12", "pjrt-cpu"]
      .map((build) => [build, false]),
  );
  const [time] = found.convolutions;
  assertEquals(time!.precision, "fp32");
  assertEquals(time!.teraflops > 0, true, "speed");
  assertEquals(found.folders.cache, cache);
  assertEquals(outside.files().join(), "tiny.yaml");
});

const isReady = findCpuPlugin() !== null;
Deno.test({
  name: "doctor --engine pjrt tells of the plugin, and tests it" +
    (isReady ? "" : " (skipped: no plugin)"),
  ignore: !isReady,
  async fn() {
    using place = new Workplace({
      ...quickEnvironment,
      CLEFT_PJRT_PLUGIN: findCpuPlugin()!.path,
    });
    const found = await place.json<Diagnosis>("doctor", "--engine", "pjrt");
    assertEquals(found.engine.engine, "pjrt");
    assertEquals(found.engine.gpu, null);
    assertEquals(found.selfTest.isPassed, true, "self-test");
    deepStrictEqual(found.plugin, {
      path: findCpuPlugin()!.path,
      from: "CLEFT_PJRT_PLUGIN",
    });
    match(found.versions.pjrt!, /^0\.\d+$/);
    assertEquals(found.convolutions[0]!.teraflops > 0, true, "speed");
  },
});

Deno.test({
  name: "setup --plugin tests a plugin, which the engine then finds" +
    (isReady ? "" : " (skipped: no plugin)"),
  ignore: !isReady,
  async fn() {
    using outside = new Workplace();
    const { path } = findCpuPlugin()!;
    using place = new Workplace({
      ...quickEnvironment,
      CLEFT_CACHE: outside.folder,
      CLEFT_PJRT_PLUGIN: "",
    });
    const said = await place.well("setup", "--plugin", path);
    match(said, /^Devices: cpu.+\(interface 0\.\d+, cpu\)$/m);
    match(said, /^Self-test passed/m);
    const found = await place.json<Diagnosis>("doctor", "--engine", "pjrt");
    deepStrictEqual(found.plugin, { path, from: "deno task setup --plugin" });
  },
});
