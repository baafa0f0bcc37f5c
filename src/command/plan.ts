import { ExperimentError, writeOutput } from "@/core/mod.ts";
import type {
  Examination,
  InitialPlace,
  Plan,
  Spec,
} from "@/experiment/mod.ts";
import { defineCommand } from "./_command.ts";
import { type CommandContext, pathOf, resultsFolder } from "./_context.ts";
import { chosenVariants, handedIn, matrixPlanText } from "./_matrix.ts";
import {
  dataOption,
  forceOption,
  jsonOption,
  overrideOptions,
  resultsOption,
  selectOptions,
  wholeNumber,
} from "./_options.ts";
import { runContext } from "./_run_context.ts";
import { table, times } from "./_text.ts";
import { volumeRows } from "./_volume_rows.ts";

/** Voxels whose labels are counted to make a plan, in about a second. */
const mostCounted = 1 << 24;

/** Shows what an experiment comes to, without running it. */
export const plan = defineCommand({
  name: "plan",
  summary: "Show what an experiment comes to: shapes, sizes, steps, memory",
  positionals: [{
    name: "FILE",
    path: "input",
    summary: "the experiment",
  }],
  options: {
    ...overrideOptions,
    ...selectOptions,
    draw: {
      value: "FILE",
      path: "output",
      endings: [".svg"],
      summary: "draw the network as an SVG file",
    },
    ...forceOption,
    ...jsonOption,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "The receptive field in nanometres and the volumes are shown where the data\n" +
    "is found; everything else needs no data. Labels are counted once for equal\n" +
    "data; large ones only by run, which also estimates shifts. Splits that share voxels, or that have no cleft,\n" +
    "are refused. Of a matrix, the variants are listed; one that --only leaves alone\n" +
    "is shown whole.",
  async run({ options, positionals, outputs }, context) {
    const { accepted, experimentFiles, planFile, withFindings, withVolumes } =
      await import("@/experiment/mod.ts");
    const [file] = positionals as [string];
    const given = {
      overrides: options.set,
      seed: wholeNumber(options.seed, "seed"),
      folder: context.callerFolder,
    };
    outputs.addInputs(experimentFiles(file, given.folder));
    const { plan, matrix } = planFile(file, given);
    const chosen = await chosenVariants(matrix, options);
    const place = {
      ...await runContext({ options, outputs }, context),
      atOnce: true,
      mostVox: mostCounted,
    };
    if (matrix && chosen.length > 1) {
      if (options.draw !== undefined) throw severalNetworks(file, options.draw);
      const { asChosen, checkVariants } = await import("@/experiment/mod.ts");
      const found = await checkVariants(
        chosen.map((one) => asChosen(matrix, one)),
        { ...place, leavesUnopened: false },
      );
      for (const { text } of found) context.note(text);
      const folder = resultsFolder(options, context);
      context.print(
        await matrixPlanText(matrix, chosen, { folder, json: options.json }),
      );
      return 0;
    }
    const one = chosen[0]?.plan ?? plan!;
    const found = await examined(one.spec, place, context);
    const findings = found ? accepted(found) : [];
    for (const { text } of findings) context.note(text);
    const planned = withFindings(
      withVolumes(one, found?.volumes ?? []),
      findings,
    );
    const { memoryDoubts } = await import("@/experiment/mod.ts");
    for (const text of memoryDoubts(planned)) context.note(text);
    if (options.draw !== undefined) {
      const { drawPlan } = await import("@/experiment/mod.ts");
      writeOutput(pathOf(options.draw, context), drawPlan(planned));
    }
    context.print(
      options.json ? JSON.stringify(planned, null, 2) : await describe(planned),
    );
    return 0;
  },
});

function severalNetworks(file: string, draw: string): ExperimentError {
  return new ExperimentError(
    `Cannot draw the network of ${file}: its variants may have several`,
    { where: `--draw ${draw}`, fix: "Choose one of them with --only" },
  );
}

/** What is known of the data, or null and a note where it is not at hand. */
async function examined(
  spec: Spec,
  place: InitialPlace & { readonly mostVox: number },
  { note }: CommandContext,
): Promise<Examination | null> {
  const { checkSubmission, examine, openVolumes, withoutVolumes } =
    await import(
      "@/experiment/mod.ts"
    );
  try {
    using volumes = await openVolumes(spec, place);
    const handedIn = await checkSubmission(spec, place);
    const found = await examine(volumes, { ...place, spec });
    return { ...found, findings: [...found.findings, ...handedIn] };
  } catch (error) {
    note(withoutVolumes(error));
    return null;
  }
}

async function describe(plan: Plan): Promise<string> {
  const yaml = await specText(plan.spec);
  const { spec, steps, receptiveVox, receptiveNm } = plan;
  const receptive = `${times(receptiveVox)} voxels` +
    (receptiveNm ? `, ${times(receptiveNm)} nm` : "");
  const facts = [
    ["experiment", spec.name],
    ["hash", plan.hash],
    ["seed", `${spec.seed}`],
    ["parameters", plan.parameters.toLocaleString("en")],
    ["multiply-adds", `${plan.multiplyAdds.toLocaleString("en")} a patch`],
    ["receptive field", receptive],
    ["memory", `about ${plan.memoryMiB.toLocaleString("en")} MiB`],
    [
      "steps",
      `${steps.total}, a checkpoint every ${steps.save}, ` +
      `a validation every ${steps.validate}`,
    ],
    ["tiles", `${times(plan.inferPatchVox)} voxels`],
    ...(spec.submission ? [["hands in", handedIn(spec)]] : []),
  ];
  const shapes = plan.shapes.map((
    { name, shape, parameters, multiplyAdds, receptiveVox },
  ) => [
    name,
    `[${shape.join(", ")}]`,
    parameters.toLocaleString("en"),
    multiplyAdds.toLocaleString("en"),
    times(receptiveVox),
  ]);
  return [
    table(facts),
    ...(plan.volumes.length > 0 ? [table(volumeRows(plan.volumes))] : []),
    table([
      ["stop", "[N, D, H, W, C]", "parameters", "multiply-adds", "sees"],
      ...shapes,
    ]),
    yaml,
  ].join("\n\n");
}

/** The experiment as YAML, lists of plain values on one line. */
async function specText(spec: Spec): Promise<string> {
  const { Document, isScalar, visit } = await import("yaml");
  const document = new Document(spec, { aliasDuplicateObjects: false });
  visit(document, {
    Seq(_, list) {
      list.flow = list.items.every(isScalar);
    },
  });
  return document.toString().trimEnd();
}
