import { startAddress } from "./address.js";
import { startActions } from "./live_actions.js";
import { follow } from "./live_connection.js";
import { startJobs, takeJobs } from "./live_jobs.js";
import {
  chooseNone,
  chosenRows,
  onRows,
  startRows,
  takeRows,
} from "./live_rows.js";
import { startSearch } from "./live_search.js";
import { shownHere } from "./live_server.js";
import { startPage } from "./start_page.js";

const [table] = startPage();
startRows(table);
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
