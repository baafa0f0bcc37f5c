import { startAddress } from "./address.js";
import { startCurves } from "./curves.js";
import { startExperimentFiles } from "./experiment_files.js";
import { markPlace } from "./place.js";
import { startRecount } from "./recount.js";
import { startRuns } from "./runs.js";
import { startSections } from "./sections.js";
import { startPage } from "./start_page.js";

/** Begins all that a report has; returns its curves and its sections, if there are any. */
export function startReport() {
  startPage();
  startExperimentFiles();
  startRecount();
  startRuns();
  const curves = startCurves();
  const sections = startSections();
  markPlace();
  startAddress();
  return { curves, sections };
}
