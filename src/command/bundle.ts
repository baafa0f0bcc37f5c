import { chooseSomeRuns, runPlaces, whereOption } from "./_choose.ts";
import { defineCommand } from "./_command.ts";
import { pathOf, resultsFolder } from "./_context.ts";
import {
  forceOption,
  numberWithin,
  required,
  resultsOption,
} from "./_options.ts";
import { shellQuote } from "@/core/mod.ts";

/** What data may take of a bundle, in megabytes, if nothing is said. */
const usualDataMb = 100;

/** Writes runs into one file for somebody else to check. */
export const bundle = defineCommand({
  name: "bundle",
  summary: "Put runs into one file that rerun checks on another machine",
  positionals: [runPlaces],
  options: {
    ...whereOption,
    output: {
      value: "FILE",
      path: "output",
      endings: [".cleft"],
      summary: "the file to write, such as table2.cleft",
    },
    data: {
      value: "MB",
      summary:
        `data files go in up to so much in all; ${usualDataMb} by default`,
    },
    ...forceOption,
    ...resultsOption,
  },
  notes:
    "It holds all that is recorded of the runs (plans, numbers, hashes, weights, the\n" +
    "state of the code), what they began with, a page about them, their experiments\n" +
    "with every default, and their data: within, or by hash. Mind whose data you\n" +
    "pass on; --data 0 leaves them out. deno task rerun FILE takes the runs in and\n" +
    "repeats them.",
  async run({ options, positionals }, context) {
    const output = required(options.output, "output");
    const dataMb = numberWithin(options.data, "data", { low: 0, high: 1e6 }) ??
      usualDataMb;
    const { readRecords } = await import("@/record/mod.ts");
    const { bundleRuns } = await import("@/experiment/mod.ts");
    const folder = resultsFolder(options, context);
    const runs = await (async () => {
      using records = readRecords(folder);
      const chosen = await chooseSomeRuns(records, {
        names: positionals,
        where: options.where,
      });
      return chosen.runs.map(({ id }) => id);
    })();
    const path = pathOf(output, context);
    const bundled = bundleRuns({ runs, folder, path, dataBytes: dataMb * 1e6 });
    const megabytes = (Deno.statSync(path).size / 1e6).toFixed(1);
    context.print(`Bundle: ${path}, ${megabytes} MB`);
    context.print(`Runs: ${bundled.runs.join(", ")}`);
    for (const one of bundled.inside) context.print(`Data within: ${one}`);
    for (const { path, why } of bundled.byHash) {
      context.print(`Data by hash: ${path}: ${why}`);
    }
    context.print(`Check it by: deno task rerun ${shellQuote(output)}`);
    return 0;
  },
});
