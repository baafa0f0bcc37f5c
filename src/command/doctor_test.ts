import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

testInFolder(
  "doctor tests the engine that is named, and tells where things are",
  async (folder) => {
    const { code, out, err } = await say(
      folder,
      "doctor",
      "--engine",
      "embedded",
    );
    assertEquals(code, 0, err);
    match(out, /^engine +embedded$/m);
    match(out, /^self-test +passed in \d+ ms: /m);
    match(out, /^fp32 convolution +[\d.]+ GFLOP\/s /m);
    assertEquals(out.match(/ convolution /g)?.length, 1); // no card, one precision
    match(out, new RegExp(`^results folder +${folder}/results$`, "m"));
  },
);

testInFolder(
  "doctor refuses an engine that is none, and an output of nothing",
  async (folder) => {
    const engine = await say(folder, "doctor", "--engine", "embeded");
    assertEquals(engine.code, 2);
    match(engine.err, /Write embedded$/);
    const output = await say(folder, "doctor", "--output", "a.sqlite");
    assertEquals(output.code, 2);
    match(output.err, /--output is for --records\n.*--output a\.sqlite\n/);
  },
);
