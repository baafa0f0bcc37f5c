import { startCopying } from "./copy.js";
import { startPrinting } from "./print.js";
import { startSkips } from "./skip.js";
import { startTables } from "./tables.js";
import { startTheme } from "./theme.js";

/** Begins what pages of runs have in common, and gives their sorted tables; the address comes last of all. */
export function startPage() {
  document.documentElement.dataset.script = "";
  startTheme();
  startPrinting();
  startSkips();
  startCopying();
  return startTables();
}
