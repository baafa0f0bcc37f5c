import { startAddress } from "./address.js";
import { startCopying } from "./copy.js";
import { startCurves } from "./curves.js";
import { followCurves, takePoints } from "./live_curves.js";
import { follow, shownHere } from "./live_server.js";
import { markPlace } from "./place.js";
import { startPrinting } from "./print.js";
import { startRuns } from "./runs.js";
import { startSections } from "./sections.js";
import { startTables } from "./tables.js";
import { startTheme } from "./theme.js";

document.documentElement.dataset.script = "";
startTheme();
startPrinting();
startTables();
startCopying();
startRuns();
const curves = startCurves();
startSections();
markPlace();
startAddress();
if (curves) followCurves(curves);
const { run, parts } = shownHere();
let isOther = false;
const takeParts = () => {
  if (isOther && !document.querySelector("dialog[open]")) location.reload();
};
document.addEventListener("close", takeParts, { capture: true });
follow({ run }, {
  run(now) {
    isOther = now.parts !== parts;
    takeParts(); // the address keeps the view
    if (isOther) return;
    document.getElementById("run-head").innerHTML = now.head;
    if (curves) takePoints(curves, now.points);
    document.querySelector("#log pre")
      ?.insertAdjacentHTML("beforeend", now.log);
  },
});
