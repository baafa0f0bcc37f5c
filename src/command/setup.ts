import { defineCommand } from "./_command.ts";

/** Sets up the native engine. */
export const setup = defineCommand({
  name: "setup",
  summary: "Set up the native engine: download, check, test",
  positionals: [],
  options: {
    gpu: { summary: "the build for NVIDIA graphics processors" },
  },
  notes:
    "By pip where there is one, so that its configured mirror is used. One copy\n" +
    "is kept in the user's cache folder (CLEFT_CACHE changes it). May be\n" +
    "interrupted and called again. Without it, deno task run sets it up itself.",
  async run({ options }, context) {
    const { setupEngine } = await import("@/engine/mod.ts");
    const { folder, bytes, seconds, facts, selfTest } = await setupEngine({
      gpu: options.gpu,
      notify: context.note,
      signal: context.signal,
    });
    const { tensorflow } = facts.versions;
    context.print(
      `TensorFlow ${tensorflow} is ready in ${folder}` +
        ` (${Math.round(bytes / 2 ** 20)} MiB, ${seconds.toFixed(1)} s)`,
    );
    context.print(
      `Self-test passed: gradient error ${
        selfTest.gradientError.toPrecision(2)
      }, weights ${selfTest.weightsSha256.slice(0, 16)}`,
    );
    return 0;
  },
});
