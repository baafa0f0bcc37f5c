import { startAddress } from "./address.js";
import { startCopying } from "./copy.js";
import { startActions } from "./live_actions.js";
import { startJobs, takeJobs } from "./live_jobs.js";
import {
  chooseNone,
  chosenRows,
  onRows,
  startRows,
  takeRows,
} from "./live_rows.js";
import { startSearch } from "./live_search.js";
import { follow, shownHere } from "./live_server.js";
import { startPrinting } from "./print.js";
import { startSkips } from "./skip.js";
import { startTables } from "./tables.js";
import { startTheme } from "./theme.js";

document.documentElement.dataset.script = "";
startTheme();
startPrinting();
startSkips();
startTables();
startCopying();
startRows();
const search = startSearch();
const { offer } = startActions({ chosenRuns: chosenRows, clear: chooseNone });
onRows(offer);
startJobs();
startAddress();
follow(shownHere(), {
  jobs: takeJobs,
  rows: async (rows) => {
    await takeRows(rows);
    search.again();
  },
});
