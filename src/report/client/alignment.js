import { markPlace } from "./place.js";
import { startPrinting } from "./print.js";
import { startTheme } from "./theme.js";

document.documentElement.dataset.script = "";
startTheme();
startPrinting();
markPlace();
