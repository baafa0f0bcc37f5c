import { say, tellServer } from "./live_server.js";
import { stopsOf } from "./stops.js";

/** Starts experiments, and stops what was started from here. */
export function startJobs() {
  const form = document.getElementById("start");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { file, seed, set } = form.elements;
    tellOfJob(
      await tellServer("act/start", {
        file: file.value,
        seed: seed.value === "" ? null : Number(seed.value),
        set: set.value.split("\n").map((line) => line.trim()).filter(Boolean),
      }),
    );
  });
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-stop-job]");
    if (!button) return;
    const job = Number(button.dataset.stopJob);
    tellOfJob(await tellServer("act/stopJob", { job }));
  });
}

function tellOfJob({ done, fault }) {
  say(fault ?? done, { isFault: fault !== undefined });
}

/** Takes what they said since; what the reader has opened, reads and is at stays so. */
export function takeJobs({ html }) {
  const jobs = document.getElementById("jobs");
  const before = new Map(
    jobParts(jobs).map((part) => [part.dataset.job, stateOf(part)]),
  );
  const stateBefore = ({ dataset: { job } }) => before.get(job) ?? newJob;
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const part of jobParts(template.content)) {
    const { isOpen, isFailed } = stateBefore(part);
    part.open = isOpen || hasFailed(part) && !isFailed;
  }
  jobs.replaceChildren(template.content);
  for (const part of jobParts(jobs)) goOnReading(part, stateBefore(part));
}

function jobParts(jobs) {
  return [...jobs.querySelectorAll("details[data-job]")];
}

const newJob = { isOpen: false, isFailed: false, readFrom: null, place: -1 };

/** What the reader has done with a command's part, and what was seen there. */
function stateOf(part) {
  const { scrollTop, clientHeight, scrollHeight } = part.querySelector("pre");
  const isAtEnd = scrollTop + clientHeight > scrollHeight - 5;
  return {
    isOpen: part.open,
    isFailed: hasFailed(part),
    readFrom: isAtEnd ? null : scrollTop,
    place: stopsOf(part).indexOf(document.activeElement),
  };
}

function goOnReading(part, { readFrom, place }) {
  const output = part.querySelector("pre");
  output.scrollTop = readFrom ?? output.scrollHeight;
  if (place < 0) return;
  const stop = stopsOf(part)[place];
  const isThere = stop && !stop.disabled;
  (isThere ? stop : part.querySelector("summary"))
    .focus({ preventScroll: true });
}

function hasFailed(part) {
  return part.querySelector(".is-failed") !== null;
}
