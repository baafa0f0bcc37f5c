import { match, throws } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { thisHolder } from "./_holder.ts";
import { checkArtifactName, runId } from "./_names.ts";

const at = new Date("2026-11-23T21:05:59.999Z");

Deno.test("runId() is made of experiment, UTC time and four characters", () => {
  match(
    runId("mixloss", { at, holder: thisHolder(), attempt: 0 }),
    /^mixloss-20261123-2105-\w{4}$/,
  );
});

Deno.test("runId() turns any name into a plain file name", () => {
  for (
    const [name, slug] of [
      ["Ünïcode <b>x</b>", "n-code-b-x-b"],
      ["../../etc", "etc"],
      ["", "run"],
      ["日本", "run"],
      ["a".repeat(300), "a".repeat(40)],
    ] as const
  ) {
    assertEquals(
      runId(name, { at, holder: thisHolder(), attempt: 0 }).split("-2026")[0],
      slug,
    );
  }
});

Deno.test("checkArtifactName() takes plain relative paths", () => {
  for (const name of ["plan.json", "checkpoint/last", "a b/ü.png", "..a/b.."]) {
    checkArtifactName(name);
  }
});

Deno.test("checkArtifactName() refuses all that could lead elsewhere", () => {
  for (
    const name of [
      "",
      "/etc/passwd",
      "..",
      "a/../b",
      "./a",
      "a//b",
      "a/",
      "a\0b",
      "a\nb",
      "C:\\a",
      "a".repeat(201),
    ]
  ) {
    throws(
      () => checkArtifactName(name),
      ExperimentError,
      JSON.stringify(name),
    );
  }
});
