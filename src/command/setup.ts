import { ExperimentError } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import type { CommandContext } from "./_context.ts";

/** Sets up what computes. */
export const setup = defineCommand({
  name: "setup",
  summary: "Set up what computes: download, check, test",
  positionals: [],
  options: {
    plugin: {
      value: "PATH",
      summary: "cpu fetches XLA for the processor, slow, for tests",
    },
  },
  notes:
    "TensorFlow for the processor, if nothing else is said. By pip where there is\n" +
    "one, so that its configured mirror is used. One copy is kept in the user's\n" +
    "cache folder (CLEFT_CACHE changes it). May be interrupted and called again.\n" +
    "Without it, deno task run sets TensorFlow up itself.",
  async run({ options }, context) {
    if (options.plugin === undefined) await setupTensorFlow(context);
    else await setupPlugin(options.plugin, context);
    return 0;
  },
});

async function setupTensorFlow(context: CommandContext): Promise<void> {
  const { setupEngine } = await import("@/engine/mod.ts");
  const { folder, bytes, seconds, facts, selfTest } = await setupEngine({
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
}

async function setupPlugin(
  plugin: string,
  context: CommandContext,
): Promise<void> {
  const { setupCpuPlugin } = await import("@/engine/mod.ts");
  if (plugin !== "cpu") {
    throw new ExperimentError(`Cannot set up the plugin "${plugin}"`, {
      where: `--plugin ${plugin}`,
      fix: 'Write "cpu"',
    });
  }
  const { libraryPath } = await setupCpuPlugin({
    notify: context.note,
    signal: context.signal,
  });
  context.print(`XLA for the processor is ready: ${libraryPath}`);
}
