import { join } from "node:path";
import { writeOutput } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  dataOption,
  forceOption,
  openOption,
  overrideOptions,
  pageEndings,
  resultsOption,
  wholeNumber,
} from "./_options.ts";
import { runContext } from "./_run_context.ts";

/** Makes a page of what an experiment's augmentations do. */
export const preview = defineCommand({
  name: "preview",
  summary: "Make a page that shows what an experiment's augmentations do",
  positionals: [{
    name: "FILE",
    path: "input",
    summary: "the experiment",
  }],
  options: {
    output: {
      value: "FILE",
      path: "output",
      endings: pageEndings,
      summary: "the page; results/preview/<experiment>.html by default",
    },
    draws: { value: "N", summary: "draws shown of each; 6 by default" },
    ...openOption,
    ...forceOption,
    ...overrideOptions,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "Each augmentation before and after, by itself and all together, on\n" +
    "training patches that have a cleft, as far as there are: section by\n" +
    "section, with labels and what was drawn.",
  async run({ options, positionals, outputs, pages }, context) {
    const { experimentFiles, mostDraws, parseExperiment, previewExperiment } =
      await import("@/experiment/mod.ts");
    const { previewPage } = await import("@/report/mod.ts");
    const folder = context.callerFolder;
    outputs.addInputs(experimentFiles(positionals[0]!, folder));
    const spec = parseExperiment(positionals[0]!, {
      overrides: options.set,
      seed: wholeNumber(options.seed, "seed"),
      folder,
    });
    const place = await runContext({ options, outputs }, context);
    const draws = wholeNumber(options.draws, "draws", {
      low: 1,
      high: mostDraws,
    }) ?? 6;
    const path = options.output
      ? pathOf(options.output, context)
      : join(place.resultsFolder, "preview", `${spec.name}.html`);
    if (!options.output) outputs.check({ path, where: "the page" });
    const page = previewPage(await previewExperiment(spec, { draws, place }));
    writeOutput(path, page);
    context.print(`Preview: ${pages.add(path)}`);
    return 0;
  },
});
