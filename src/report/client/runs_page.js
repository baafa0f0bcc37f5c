import { startRows, takeRows } from "./live_rows.js";
import { startSearch } from "./live_search.js";
import { follow, shownHere } from "./live_server.js";
import { startAddress } from "./address.js";
import { startPrinting } from "./print.js";
import { startTables } from "./tables.js";
import { startTheme } from "./theme.js";

document.documentElement.dataset.script = "";
startTheme();
startPrinting();
startTables();
startRows();
const search = startSearch();
startAddress();
follow(shownHere(), {
  rows: async (rows) => {
    await takeRows(rows);
    search.again();
  },
});
