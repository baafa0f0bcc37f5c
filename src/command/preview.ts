import { join } from "node:path";
import { writeOutput } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  dataOption,
  overrideOptions,
  resultsOption,
  wholeNumber,
} from "./_options.ts";
import { runContext } from "./_run_context.ts";

/** Makes a page of what an experiment's augmentations do. */
export const preview = defineCommand({
  name: "preview",
  summary: "Make a page that shows what an experiment's augmentations do",
  positionals: [{ name: "FILE", summary: "the experiment" }],
  options: {
    output: {
      value: "FILE",
      summary: "the page; results/preview/<experiment>.html by default",
    },
    draws: { value: "N", summary: "draws shown of each; 6 by default" },
    ...overrideOptions,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "Each augmentation before and after, by itself and all together, on\n" +
    "training patches: section by section, with labels and what was drawn.",
  async run({ options, positionals }, context) {
    const { parseExperiment, previewExperiment } = await import(
      "@/experiment/mod.ts"
    );
    const { previewPage } = await import("@/report/mod.ts");
    const spec = parseExperiment(positionals[0]!, {
      overrides: options.set,
      seed: wholeNumber(options.seed, "seed"),
      folder: context.callerFolder,
    });
    const place = await runContext(options, context);
    const draws = wholeNumber(options.draws, "draws") ?? 6;
    const page = previewPage(await previewExperiment(spec, draws, place));
    const path = options.output
      ? pathOf(options.output, context)
      : join(place.resultsFolder, "preview", `${spec.name}.html`);
    writeOutput(path, page);
    context.print(`Preview: ${path}`);
    return 0;
  },
});
