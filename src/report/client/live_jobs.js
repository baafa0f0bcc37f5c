import { say, tellServer } from "./live_server.js";

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

/** Takes what they said since; what the reader has opened stays open. */
export function takeJobs({ html }) {
  const jobs = document.getElementById("jobs");
  const parts = () => [...jobs.querySelectorAll("details[data-job]")];
  const before = new Map(
    parts().map((part) => [part.dataset.job, {
      open: part.open,
      isFailed: part.querySelector(".is-failed") !== null,
    }]),
  );
  jobs.innerHTML = html;
  for (const part of parts()) {
    const was = before.get(part.dataset.job);
    const isNewlyFailed = part.querySelector(".is-failed") && !was?.isFailed;
    if (was && !isNewlyFailed) part.open = was.open;
    const output = part.querySelector("pre");
    output.scrollTop = output.scrollHeight;
  }
}
