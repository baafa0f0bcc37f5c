import { deepStrictEqual } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { describeDiagnosis, type Diagnosis } from "./_diagnosis.ts";
import { facts, selfTest } from "./_engine_testing.ts";

const found: Diagnosis = {
  versions: { cleft: "0.1.0" },
  builds: [],
  plugin: null,
  nvidia: null,
  engine: facts,
  selfTest,
  convolutions: [],
  memory: null,
  machine: {
    read: ["Memory", "Disk read"],
    unread: [{ what: "graphics card", why: "x.so is not here" }],
  },
  folders: { project: "/p" },
};

/** What stands behind a name, a text for each line of it. */
function told(changes: Partial<Diagnosis>, name: string): string[] {
  return describeDiagnosis({ ...found, ...changes }).split("\n")
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => line.slice(name.length).trim());
}

Deno.test("describeDiagnosis() has a line for each thing, a dash for what is not there", () => {
  deepStrictEqual(
    describeDiagnosis(found).split("\n").map((line) =>
      line.replace(/ {2,}/, ": ")
    ),
    [
      "cleft: 0.1.0",
      "plugin: –",
      "cards: none of NVIDIA's",
      "engine: pjrt",
      "library: –",
      "devices: a, b",
      "threads: 2",
      "graphics: –",
      "project folder: /p",
      "self-test: passed in 13 ms: gradient error 0.00012, repeats, weights 0123456789abcdef",
      "read of runs: Memory, Disk read",
      "not read: graphics card: x.so is not here",
    ],
  );
  const full = {
    plugin: { path: "/a.so", from: "setup" },
    engine: {
      ...facts,
      libraryPath: "/b.so",
      gpu: "H100",
      notices: ["1", "2"],
    },
    folders: { data: ["/a", "/b"] },
  };
  deepStrictEqual(told(full, "plugin"), ["/a.so (setup)"]);
  deepStrictEqual(told(full, "library"), ["/b.so"]);
  deepStrictEqual(told(full, "graphics"), ["H100"]);
  deepStrictEqual(told(full, "notice"), ["1", "2"]);
  deepStrictEqual(told(full, "data folder"), ["/a, /b"]);
});

Deno.test("describeDiagnosis() says loudly that a test failed", () => {
  const failed = { ...selfTest, isPassed: false, isRepeated: false };
  deepStrictEqual(told({ selfTest: failed }, "self-test"), [
    "FAILED in 13 ms: gradient error 0.00012, does not repeat, " +
    "weights 0123456789abcdef",
  ]);
});

Deno.test("describeDiagnosis() says what is set up, and how to have the rest", () => {
  const build = {
    build: "tensorflow",
    title: "TensorFlow 2.9.1",
    command: "deno task setup",
    folder: "/cache",
    bytes: 5.4 * 2 ** 20,
    isReady: true,
    unsupported: null,
  } as Diagnosis["builds"][number];
  const state = (changes: object) =>
    told({ builds: [{ ...build, ...changes }] }, "set up: tensorflow")[0];
  assertEquals(state({}), "TensorFlow 2.9.1, 5 MiB in /cache");
  assertEquals(state({ bytes: null }), "TensorFlow 2.9.1, ? MiB in /cache");
  assertEquals(state({ isReady: false }), "not there: deno task setup");
  assertEquals(
    state({ isReady: false, unsupported: "not for Macs" }),
    "not for Macs",
  );
});

Deno.test("describeDiagnosis() lists cards as far as the driver tells", () => {
  const cards = (
    ...cards: readonly { name: string; memoryMiB: number | null }[]
  ) =>
    told({
      nvidia: { driver: "580.1", cards } as Diagnosis["nvidia"],
    }, "cards")[0];
  assertEquals(cards(), "driver 580.1: it does not tell");
  assertEquals(
    cards({ name: "H100", memoryMiB: 81559 }, { name: "K40", memoryMiB: null }),
    "driver 580.1: H100 (81559 MiB), K40",
  );
});

Deno.test("describeDiagnosis() says how fast convolutions are, and where that is slow", () => {
  const speed = (gpu: string | null, teraflops: number, least: number | null) =>
    told({
      engine: { ...facts, gpu },
      convolutions: [{
        precision: "bf16",
        ms: 12.34,
        teraflops,
        expectedTeraflops: least,
      }],
    }, "bf16 convolution")[0];
  assertEquals(speed(null, 0.0512, null), "51.2 GFLOP/s (12.3 ms)");
  assertEquals(
    speed("K40", 2.5, null),
    "2.50 TFLOP/s (12.3 ms); no figure for this card",
  );
  const right = "TFLOP/s (12.3 ms), at least 200 expected";
  assertEquals(speed("H100", 199.9, 200), `SLOW: 200 ${right}`);
  assertEquals(speed("H100", 200, 200), `200 ${right}`);
});

Deno.test("describeDiagnosis() tells of memory what the engine does", () => {
  const memory = (peakBytes: number | null, limitBytes: number | null) =>
    told(
      { memory: { peakBytes, limitBytes } as Diagnosis["memory"] },
      "device memory",
    )[0];
  assertEquals(memory(2 ** 20, 3 * 2 ** 20), "1 of 3 MiB used by these tests");
  assertEquals(memory(null, 0), "? of 0 MiB used by these tests");
});
