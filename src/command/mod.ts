/**
 * The commands of the command line. Each loads what it needs when it runs, so
 * that `list` does not wait for what `run` needs.
 *
 * @module
 */
import type { Command } from "./_command.ts";
import { alignCheck } from "./align_check.ts";
import { alignForward } from "./align_forward.ts";
import { alignReverse } from "./align_reverse.ts";
import { archive } from "./archive.ts";
import { bench } from "./bench.ts";
import { bundle } from "./bundle.ts";
import { clean } from "./clean.ts";
import { compare } from "./compare.ts";
import { dataCheck } from "./data_check.ts";
import { dataCremi } from "./data_cremi.ts";
import { dataImport } from "./data_import.ts";
import { dataPhantom } from "./data_phantom.ts";
import { deleteRuns } from "./delete.ts";
import { doctor } from "./doctor.ts";
import { evaluate } from "./evaluate.ts";
import { exportRuns } from "./export.ts";
import { helpOn } from "./help.ts";
import { list } from "./list.ts";
import { partnersFind } from "./partners_find.ts";
import { partnersLearn } from "./partners_learn.ts";
import { importCommand } from "./import.ts";
import { merge } from "./merge.ts";
import { plan } from "./plan.ts";
import { postprocess } from "./postprocess.ts";
import { predict } from "./predict.ts";
import { preview } from "./preview.ts";
import { replay } from "./replay.ts";
import { report } from "./report.ts";
import { rerun } from "./rerun.ts";
import { restore } from "./restore.ts";
import { resume } from "./resume.ts";
import { run } from "./run.ts";
import { setup } from "./setup.ts";
import { show } from "./show.ts";
import { sql } from "./sql.ts";
import { tag } from "./tag.ts";
import { ui } from "./ui.ts";
import { view } from "./view.ts";
import { work } from "./work.ts";

export type { BenchOptions, BenchRow } from "./_bench.ts";
export type {
  Arguments,
  Beginning,
  Command,
  OptionShape,
  OptionSpec,
  OptionValues,
  PathUse,
  PositionalSpec,
} from "./_command.ts";
export type { OutputRules, Outputs } from "./_outputs.ts";
export type { Pages } from "./_pages.ts";
export { type CommandContext, projectFolder } from "./_context.ts";
export { commandHelp, overallHelp, usageOf } from "./_help.ts";
export { dispatch } from "./_dispatch.ts";

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [
  run,
  rerun,
  resume,
  replay,
  plan,
  preview,
  list,
  show,
  ui,
  tag,
  archive,
  deleteRuns,
  restore,
  clean,
  report,
  compare,
  predict,
  postprocess,
  evaluate,
  partnersFind,
  partnersLearn,
  view,
  exportRuns,
  bundle,
  merge,
  work,
  importCommand,
  sql,
  dataImport,
  dataCremi,
  dataCheck,
  dataPhantom,
  alignForward,
  alignReverse,
  alignCheck,
  setup,
  doctor,
  bench,
  helpOn(() => commands),
];
