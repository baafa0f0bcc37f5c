import { type Catalog, type Component, defaultOptions } from "@/core/mod.ts";
import {
  artifactSources,
  augmentations,
  samplers,
  sources,
  targets,
} from "@/data/mod.ts";
import { blends, type Exporter, exporters, ttas } from "@/infer/mod.ts";
import { losses } from "@/loss/mod.ts";
import { type Metric, metrics } from "@/metric/mod.ts";
import { blocks, excitations, nets, norms } from "@/model/mod.ts";
import { steps } from "@/postprocess/mod.ts";
import { executors } from "@/queue/mod.ts";
import { sections } from "@/report/mod.ts";
import { averagings, optimizers, schedules } from "@/train/mod.ts";
import { exportFormats } from "../export/mod.ts";
import { budgets } from "../search/budget/mod.ts";
import { distributions } from "../search/distribution/mod.ts";
import { draws } from "../search/draw/mod.ts";

/** A kind of component as the reference shows it. */
export interface Kind {
  /** Its page, without the ending. */
  readonly page: string;
  /** Its components. */
  readonly catalog: Catalog<unknown>;
  /** Where an experiment names one, such as `loss.terms`; null if nowhere. */
  readonly key: string | null;
  /** More about a component, as Markdown. */
  details?(component: Component<unknown>): string;
}

/** Every kind of component, in the order of an experiment file. */
export const kinds: readonly Kind[] = [
  { page: "source", catalog: sources, key: "data.train[].source" },
  { page: "sampler", catalog: samplers, key: "sampler" },
  { page: "augmentation", catalog: augmentations, key: "augment" },
  {
    page: "artifact_source",
    catalog: artifactSources,
    key: "augment.artifacts",
  },
  { page: "target", catalog: targets, key: "target" },
  { page: "network", catalog: nets, key: "model" },
  { page: "block", catalog: blocks, key: "model.block" },
  { page: "excitation", catalog: excitations, key: "model.block.excite" },
  { page: "norm", catalog: norms, key: "model.norm" },
  { page: "loss", catalog: losses, key: "loss.terms" },
  { page: "optimizer", catalog: optimizers, key: "optimizer" },
  { page: "schedule", catalog: schedules, key: "schedule" },
  { page: "averaging", catalog: averagings, key: "train.average" },
  { page: "blend", catalog: blends, key: "infer.blend" },
  { page: "tta", catalog: ttas, key: "infer.tta" },
  { page: "postprocess", catalog: steps, key: "postprocess" },
  {
    page: "metric",
    catalog: metrics,
    key: "evaluate.metrics",
    details: metricOutputs,
  },
  { page: "draw", catalog: draws, key: "search.draw" },
  { page: "budget", catalog: budgets, key: "search.budget" },
  { page: "distribution", catalog: distributions, key: "search.over" },
  {
    page: "exporter",
    catalog: exporters,
    key: null,
    details: exporterEndings,
  },
  { page: "executor", catalog: executors, key: null },
  { page: "export_format", catalog: exportFormats, key: null },
  { page: "report_section", catalog: sections, key: null },
];

/** Which names of files an exporter stands for. */
function exporterEndings(component: Component<unknown>): string {
  const { endings } = (component as Component<Exporter>)
    .create(defaultOptions(component));
  const names = endings.map((ending) => `\`${ending}\``).join(", ");
  return `Writes what \`deno task predict --output\` names with ${names}.`;
}

/** The numbers a metric gives, as a table. */
function metricOutputs(component: Component<unknown>): string {
  const { outputs } = (component as Component<Metric>)
    .create(defaultOptions(component));
  const end = (value: number) =>
    Number.isFinite(value) ? `${value}` : value > 0 ? "∞" : "−∞";
  const rows = outputs.map(({ name, unit, better, best, bounds, summary }) =>
    `| \`${name}\` | ${unit || "–"} | ${better} | ${best ?? "–"} | ` +
    `${bounds.map(end).join(" to ")} | ${summary} |`
  );
  return [
    "| Number | Unit | Better | Perfect | Can be | What it is |",
    "| - | - | - | - | - | - |",
    ...rows,
  ].join("\n");
}
