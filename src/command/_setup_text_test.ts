import { assertEquals } from "@test/helpers.ts";
import { facts, selfTest } from "./_engine_testing.ts";
import {
  checkLine,
  deviceLine,
  readyLine,
  selfTestLine,
} from "./_setup_text.ts";

Deno.test("checkLine() says that something is right, or what is wrong with it", () => {
  const check = {
    title: "TensorFlow 2.9.1",
    engine: "tensorflow",
    command: "deno task setup",
    folder: "/cache/tf",
    bytes: 3 * 2 ** 20,
    faults: [],
  } as const;
  assertEquals(
    checkLine(check),
    "TensorFlow 2.9.1: right (3 MiB in /cache/tf)",
  );
  assertEquals(
    checkLine({ ...check, faults: ["a is gone", "b has changed"] }),
    "TensorFlow 2.9.1: a is gone, b has changed (in /cache/tf); " +
      "deno task setup sets it up again",
  );
});

Deno.test("readyLine() says where it is, how large, and how long it took", () => {
  assertEquals(
    readyLine("XLA", {
      ...{ folder: "/cache/xla", bytes: 1.6 * 2 ** 20, seconds: 2.449 },
      ...{ libraryPath: "/cache/xla/a.so", facts, selfTest },
    }),
    "XLA is ready in /cache/xla (2 MiB, 2.4 s)",
  );
});

Deno.test("deviceLine() and selfTestLine() tell of a trial", () => {
  const trial = {
    facts: { ...facts, versions: { pjrt: "0.72", platform: "cpu" } },
    selfTest,
  };
  assertEquals(deviceLine(trial), "Devices: a, b (interface 0.72, cpu)");
  assertEquals(
    selfTestLine(trial),
    "Self-test passed: gradient error 0.00012, weights 0123456789abcdef",
  );
});
