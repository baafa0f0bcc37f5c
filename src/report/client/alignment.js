import { markPlace } from "./place.js";
import { startTheme } from "./theme.js";

document.documentElement.dataset.script = "";
startTheme();
markPlace();
