import { ExperimentError } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  dataOption,
  openOption,
  resultsOption,
  runPlace,
  wholeNumber,
} from "./_options.ts";
import { runContext } from "./_run_context.ts";
import { fromHere, namedSource, sourceOption } from "./_source.ts";

/** Shows a volume, its truth and predictions of it in Neuroglancer. */
export const view = defineCommand({
  name: "view",
  summary: "Show raw data, truth and prediction of a run in Neuroglancer",
  positionals: [runPlace],
  options: {
    prediction: {
      value: "FILE",
      path: "input",
      isRepeatable: true,
      summary: "what predict wrote; without it, the run predicts what is shown",
    },
    volume: {
      value: "FILE",
      path: "input",
      summary: "a volume; the first that the run was validated on by default",
    },
    ...sourceOption,
    port: { value: "N", summary: "the port to serve at; one that is free" },
    neuroglancer: {
      value: "URL",
      summary: "where Neuroglancer is, if not at its authors'",
    },
    ...openOption,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "It serves OME-Zarr on 127.0.0.1, to this machine alone and to pages of that\n" +
    "Neuroglancer alone, under an address that cannot be guessed. Nothing is sent\n" +
    "anywhere. Ctrl+C ends it. On another machine, forward the port first, such as\n" +
    "by: ssh -L 8890:127.0.0.1:8890 HOST, with --port 8890.",
  async run({ options, positionals: [run], outputs, pages }, context) {
    const port = wholeNumber(options.port, "port", { high: 65535 }) ?? 0;
    const { neuroglancerLink, publicNeuroglancer, serveLayers } = await import(
      "@/view/mod.ts"
    );
    const viewer = viewerAt(options.neuroglancer ?? publicNeuroglancer);
    const { openView } = await import("@/experiment/mod.ts");
    const isNamed = options.volume !== undefined ||
      options.source !== undefined;
    const place = await runContext({ options, outputs }, context);
    using view = await openView(
      {
        run: run!,
        predictions: options.prediction.map((path) => pathOf(path, context)),
        ...isNamed && { volume: await namedSource(options, "volume") },
      },
      fromHere(place, context),
    );
    const { signal } = context;
    signal.throwIfAborted();
    context.stopsBy("No longer serving");
    const { base, finished } = serveLayers(view.layers, {
      ...{ viewer, port, signal },
      onError: (error) => context.note(`Cannot serve: ${error}`),
    });
    const link = neuroglancerLink(view.layers, {
      ...{ base, viewer },
      atVox: view.middleVox,
    });
    const names = view.layers.map(({ name }) => name).join(", ");
    context.print(`${view.name}: ${names}, until Ctrl+C`);
    context.print(`Served at: ${base}`);
    context.print(`Open in Neuroglancer: ${link}`);
    pages.addLink(link);
    await pages.open();
    await finished;
    return 0;
  },
});

function viewerAt(text: string): string {
  const url = URL.parse(text);
  if (url && ["http:", "https:"].includes(url.protocol)) return url.href;
  throw new ExperimentError(
    `Cannot use "${text}" for --neuroglancer: it is no address of a page`,
    {
      where: `--neuroglancer ${text}`,
      fix: "Write an address such as http://127.0.0.1:8080",
    },
  );
}
