import { match, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { projectFolder } from "@/command/mod.ts";
import { cpuPluginPath } from "@test/pjrt.ts";
import { quickEnvironment } from "@test/quick_flags.ts";

const plugin = cpuPluginPath();

async function accept(environment: Record<string, string>, ...words: string[]) {
  const script = join(projectFolder, "test/gpu/acceptance.ts");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", script, ...words],
    env: environment,
  }).output();
  const [out, err] = [stdout, stderr].map((text) =>
    new TextDecoder().decode(text)
  );
  return { code, out: out!, err: err! };
}

Deno.test({
  name:
    "acceptance.ts goes through its parts on the processor's plugin, without a peer, and refuses parts that it has not",
  ignore: plugin === null,
  fn: async () => {
    const { code, out } = await accept(
      { ...quickEnvironment, CLEFT_PJRT_PLUGIN: plugin! },
      ...["--only", "doctor", "--only", "speed", "--only", "bits"],
      ...["--python", "/nowhere/python"],
    );
    match(out, /^ {2}ok {3}self-test on the processor: gradient/m);
    match(out, /^ {2}ok {3}fp32: the program that was kept: the same bits$/m);
    match(out, /^ {2}told fp32: two compilations as it is: /m);
    // The peer is missing, which is no failure; ours was measured.
    match(out, /^ {2}told tiny-train-fp32: – \(.* ms against no peer\)$/m);
    strictEqual(code, 0);
    const wrong = await accept({ CLEFT_PJRT_PLUGIN: plugin! }, "--only", "x");
    strictEqual(wrong.code, 2);
    match(wrong.err, /^No part "x"; there are doctor,runs,speed,bits,tests$/m);
  },
});

Deno.test({
  name: "acceptance.ts names the tests that fail, and ends with 1",
  ignore: plugin === null,
  fn: async () => {
    const { code, out } = await accept(
      { CLEFT_PJRT_PLUGIN: plugin!, CLEFT_XLA_FLAGS: "xla_none_such=true" },
      ...["--only", "tests"],
    );
    match(
      out,
      /^ {2}FAIL the engine of a card passes the self-test: it fails$/m,
    );
    match(out, /^ {2}FAIL test\/gpu: FAILED \| .*[1-9]\d* failed/m);
    strictEqual(code, 1);
  },
});

Deno.test({
  name: "acceptance.ts says what it has no time for, and ends with 3",
  ignore: plugin === null,
  fn: async () => {
    const { code, out } = await accept(
      { CLEFT_PJRT_PLUGIN: plugin! },
      ...["--only", "bits", "--only", "doctor", "--seconds", "1"],
    );
    match(out, /^ {2}left doctor: no time was left for it: --only doctor$/m);
    match(out, /^ {2}left bits: /m);
    strictEqual(code, 3);
  },
});
