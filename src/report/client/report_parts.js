import { startAddress } from "./address.js";
import { startCopying } from "./copy.js";
import { startCurves } from "./curves.js";
import { startExperimentFiles } from "./experiment_files.js";
import { markPlace } from "./place.js";
import { startPrinting } from "./print.js";
import { startRuns } from "./runs.js";
import { startSections } from "./sections.js";
import { startSkips } from "./skip.js";
import { startTables } from "./tables.js";
import { startTheme } from "./theme.js";

/** Begins all that a report has; returns its curves, if there are any. */
export function startReport() {
  document.documentElement.dataset.script = "";
  startTheme();
  startPrinting();
  startSkips();
  startTables();
  startCopying();
  startExperimentFiles();
  startRuns();
  const curves = startCurves();
  startSections();
  markPlace();
  startAddress();
  return curves;
}
