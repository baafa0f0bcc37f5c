import { shellQuote } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf, resultsFolder } from "./_context.ts";
import { knowsName } from "./_known_names.ts";
import {
  dataOption,
  openOption,
  resultsOption,
  wholeNumber,
} from "./_options.ts";

/** Serves a page of all runs that follows them while they train. */
export const ui = defineCommand({
  name: "ui",
  summary: "Show all runs on a page that follows them while they train",
  positionals: [],
  options: {
    port: { value: "N", summary: "the port to serve at; one that is free" },
    ...openOption,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "It serves on 127.0.0.1, to this machine alone, under an address that cannot be\n" +
    "guessed: whoever has it sees and steers the runs, and can start experiments\n" +
    "below this folder. Nothing is sent anywhere. Ctrl+C ends the page; runs that\n" +
    "were started from it go on. On another machine, forward the port first, such as by:\n" +
    "ssh -L 8890:127.0.0.1:8890 HOST, with --port 8890.",
  async run({ options, pages }, context) {
    const port = wholeNumber(options.port, "port", { high: 65535 }) ?? 0;
    const { serveUi } = await import("@/ui/mod.ts");
    const folder = resultsFolder(options, context);
    const { base, finished, jobs } = serveUi({
      ...{ folder, port, signal: context.signal, knows: await knowsName() },
      command: commandOf(options),
      projectFolder: context.projectFolder,
      callerFolder: context.callerFolder,
      dataRoots: options["data-root"].map((path) => pathOf(path, context)),
      onError: (error) => context.note(`Cannot answer: ${error}`),
    });
    context.stopsBy("No longer serving");
    context.print(`Runs in ${folder}, until Ctrl+C: ${base}/`);
    pages.addLink(`${base}/`);
    await pages.open();
    await finished;
    for (const { command, pid } of jobs.going) {
      context.print(`Goes on as process ${pid}: ${command}`);
    }
    for (const command of jobs.waiting) {
      context.print(`Not begun: ${command}`);
    }
    return 0;
  },
});

/** As a user would type it, but for the port. */
function commandOf(
  { results, "data-root": dataRoots }: {
    readonly results: string | undefined;
    readonly "data-root": readonly string[];
  },
): string {
  const words = [
    ...results === undefined ? [] : ["--results", results],
    ...dataRoots.flatMap((root) => ["--data-root", root]),
  ];
  return ["deno task ui", ...words.map(shellQuote)].join(" ");
}
