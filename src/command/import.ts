import { defineCommand } from "./_command.ts";
import { pathOf, resultsFolder } from "./_context.ts";
import { jsonOption, resultsOption } from "./_options.ts";
import { counted } from "./_text.ts";

/** Takes runs of other programs into the records. */
export const importCommand = defineCommand({
  name: "import",
  summary: "Take runs of MLflow or TensorBoard into the records, to compare",
  positionals: [{
    name: "PATH",
    summary: "a folder mlruns, a file mlflow.db, a folder with event files",
    count: "some",
  }],
  options: {
    metric: {
      value: "THERE=HERE",
      isRepeatable: true,
      summary: "the name of a metric there and here, such as val/dice=dice",
    },
    ...jsonOption,
    ...resultsOption,
  },
  notes:
    "A metric that is not mapped keeps its name, on validation or test data where\n" +
    "the name speaks of them (val/dice, Loss/test), else on those of training.\n" +
    "Imported again, a run is there once, as it is there now. What is imported can\n" +
    "be listed, shown, compared and exported, but not repeated or gone on with.",
  async run({ options, positionals }, context) {
    const { importForeign, metricMapOf } = await import("@/experiment/mod.ts");
    const map = metricMapOf(options.metric);
    const to = resultsFolder(options, context);
    const paths = positionals.map((path) => pathOf(path, context));
    const came = importForeign(paths, { map, to });
    const { added, changed, had, unmapped, suggestion } = came;
    context.print(
      options.json ? JSON.stringify(came, null, 2) : [
        [
          `${counted(added.length, "run")} imported`,
          ...changed.length > 0 ? [`${changed.length} changed`] : [],
          ...had.length > 0 ? [`${had.length} here already`] : [],
        ].join(", "),
        ...unmapped.length > 0
          ? [
            `Metrics under their names there: ${unmapped.join(", ")}`,
            ...suggestion === null
              ? []
              : [`To call one as Cleft does: --metric '${suggestion}'`],
          ]
          : [],
      ].join("\n"),
    );
    return 0;
  },
});
