import { startActions } from "./live_actions.js";
import { follow } from "./live_connection.js";
import { followCurves, takePoints } from "./live_curves.js";
import { startJobs, takeJobs } from "./live_jobs.js";
import { takeMeasured } from "./live_measured.js";
import { shownHere } from "./live_server.js";
import { startReport } from "./report_parts.js";

const { curves, sections } = startReport();
if (curves) followCurves(curves);
const chosenRuns = () => [...document.querySelectorAll("#run-head [data-id]")];
const { offer } = startActions({ chosenRuns, clear() {} });
offer();
startJobs();
const { run, parts } = shownHere();
let { measured } = shownHere();
let isOther = false;
const takeParts = () => {
  if (isOther && !document.querySelector("dialog[open]")) location.reload();
};
document.addEventListener("close", takeParts, { capture: true });
follow({ run }, {
  jobs: takeJobs,
  run(now) {
    isOther = now.parts !== parts;
    takeParts(); // the address keeps the view
    if (isOther) return;
    if (now.measured !== measured) takeMeasured(sections);
    measured = now.measured;
    document.getElementById("run-head").innerHTML = now.head;
    offer();
    if (curves) takePoints(curves, now.points);
    document.querySelector("#log pre")
      ?.insertAdjacentHTML("beforeend", now.log);
  },
});
