import { startAddress } from "./address.js";
import { startCopying } from "./copy.js";
import { startCurves } from "./curves.js";
import { markPlace } from "./place.js";
import { startRuns } from "./runs.js";
import { startSections } from "./sections.js";
import { startTables } from "./tables.js";
import { startTheme } from "./theme.js";

document.documentElement.dataset.script = "";
startTheme();
startTables();
startCopying();
startRuns();
startCurves();
startSections();
markPlace();
startAddress();
