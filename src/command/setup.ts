import type { InstallOptions } from "@/engine/mod.ts";
import { resolve } from "node:path";
import { defineCommand } from "./_command.ts";
import type { CommandContext } from "./_context.ts";
import {
  checkLine,
  deviceLine,
  readyLine,
  selfTestLine,
} from "./_setup_text.ts";

/** Sets up what computes. */
export const setup = defineCommand({
  name: "setup",
  summary: "Set up what computes: download, check, test",
  positionals: [],
  options: {
    gpu: {
      summary: "for NVIDIA's graphics processors: XLA's plugin, CUDA, cuDNN",
    },
    plugin: {
      value: "PATH",
      summary: "use this PJRT plugin; cpu fetches the processor's, for tests",
    },
    check: { summary: "hash all that is set up, and download nothing" },
  },
  notes:
    "TensorFlow for the processor, if nothing else is said. By pip where there is\n" +
    "one, so that its configured mirror is used. One copy is kept in the user's\n" +
    "cache folder (CLEFT_CACHE changes it). May be interrupted and called again;\n" +
    "what is damaged is replaced. Exit code 1 if --check finds damage.\n" +
    "Without it, deno task run sets TensorFlow up itself.",
  async run({ options: { gpu, plugin, check } }, context) {
    const engine = await import("@/engine/mod.ts");
    const { print } = context;
    const heard: InstallOptions = {
      notify: context.note,
      signal: context.signal,
    };
    if (check) return await checkAll(context);
    if (plugin === "cpu") {
      const { libraryPath } = await engine.setupCpuPlugin(heard);
      print(`XLA for the processor is ready: ${libraryPath}`);
    } else if (plugin !== undefined) {
      const path = resolve(context.callerFolder, plugin);
      const trial = await engine.setupPlugin(path, heard);
      print(`--engine pjrt now uses ${path}`);
      print(deviceLine(trial));
      print(selfTestLine(trial));
    } else if (gpu) {
      const result = await engine.setupGpu(heard);
      print(readyLine("XLA for NVIDIA's cards", result));
      print(deviceLine(result));
      print(selfTestLine(result));
    } else {
      const result = await engine.setupEngine(heard);
      const { tensorflow } = result.facts.versions;
      print(readyLine(`TensorFlow ${tensorflow}`, result));
      print(selfTestLine(result));
    }
    return 0;
  },
});

/** Hashes what is in the cache, and says what is damaged. */
async function checkAll({ print }: CommandContext): Promise<number> {
  const { cacheFolder, checkBuilds } = await import("@/engine/mod.ts");
  const checks = await checkBuilds({ isThorough: true });
  if (checks.length === 0) print(`Nothing is set up in ${cacheFolder()}`);
  for (const check of checks) print(checkLine(check));
  return checks.some(({ faults }) => faults.length > 0) ? 1 : 0;
}
