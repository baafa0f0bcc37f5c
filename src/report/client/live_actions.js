import { askBy } from "./live_dialogs.js";
import { addressOf, say, shownHere, tellServer } from "./live_server.js";

/**
 * The buttons that do something to runs. `chosenRuns()` gives the elements with
 * what is known of each; `clear()` chooses none.
 */
export function startActions({ chosenRuns, clear }) {
  const bar = document.getElementById("actions");
  const offer = () => {
    const runs = chosenRuns();
    for (const button of bar.querySelectorAll("[data-act]")) {
      const { fewest = 1 } = button.dataset;
      button.disabled = fitting(button, runs).length < Number(fewest);
    }
    const count = document.getElementById("chosen-count");
    if (!count) return;
    bar.hidden = runs.length === 0;
    if (bar.contains(document.activeElement)) backToRows();
    count.textContent = `${runs.length} chosen`;
  };
  /** The bar goes with the last run that is chosen: the focus may not. */
  const backToRows = () => {
    if (!bar.hidden) return;
    const rows = document.querySelector("[data-choose-all]");
    rows?.focus({ preventScroll: true });
  };
  document.addEventListener("close", backToRows, { capture: true });
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (!button) return;
    const { act } = button.dataset;
    if (act === "clear") clear();
    else (special[act] ?? simply(act))(fitting(button, chosenRuns()));
  });
  return { offer };
}

/** The runs that are in a state for it. */
function fitting({ dataset: { states } }, runs) {
  return runs.filter(({ dataset: { state } }) =>
    !states || states.split(" ").includes(state)
  );
}

function idsOf(runs) {
  return runs.map(({ dataset: { id } }) => id);
}

/** Has the server do it, and says what came of it; the fault, if one did. */
async function tellOf(act, runs, more = {}) {
  const { done, fault } = await tellServer(`act/${act}`, {
    runs: idsOf(runs),
    ...more,
  });
  if (fault === undefined) say(done);
  return fault;
}

function simply(act) {
  return async (runs) => {
    const fault = await tellOf(act, runs);
    if (fault !== undefined) say(fault, { isFault: true });
  };
}

/** The report of exactly these runs. */
function openReport(runs) {
  const query = new URLSearchParams(idsOf(runs).map((id) => ["run", id]));
  location.href = `${addressOf("compare")}?${query}`;
}

const special = {
  compare: openReport,
  page: openReport,
  tags(runs) {
    askBy("ask-tags", {
      fill(form) {
        const now = new Set(
          runs.flatMap(({ dataset }) => wordsOf(dataset.tags ?? "")),
        );
        form.querySelector("[data-now]").textContent = now.size > 0
          ? `There now: ${[...now].join(", ")}`
          : "";
      },
      act: ({ elements: { add, remove } }) =>
        tellOf("mark", runs, {
          add: wordsOf(add.value),
          remove: wordsOf(remove.value),
        }),
    });
  },
  note(runs) {
    const common = (key) => {
      const values = new Set(runs.map(({ dataset }) => dataset[key] ?? ""));
      return values.size === 1 ? [...values][0] : "";
    };
    const before = { note: common("note"), group: common("group") };
    askBy("ask-note", {
      fill({ elements }) {
        for (const key of Object.keys(before)) {
          elements[key].value = before[key];
        }
      },
      act({ elements }) {
        const changed = Object.keys(before)
          .filter((key) => elements[key].value.trim() !== before[key])
          .map((key) => [key, elements[key].value.trim() || null]);
        return tellOf("mark", runs, Object.fromEntries(changed));
      },
    });
  },
  async delete(runs) {
    const { done = "", fault } = await tellServer("act/dependents", {
      runs: idsOf(runs),
    });
    if (fault !== undefined) {
      say(fault, { isFault: true });
      return;
    }
    askBy("ask-delete", {
      fill(form) {
        const many = runs.length === 1 ? "this run" : `${runs.length} runs`;
        form.querySelector("h2").textContent = `Delete ${many}?`;
        form.querySelector("[data-now]").textContent = done &&
          `Others refer to them, and could not be repeated after a clean:\n${done}`;
      },
      async act() {
        const fault = await tellOf("delete", runs);
        if (fault === undefined && shownHere().run) {
          location.href = addressOf("");
        }
        return fault;
      },
    });
  },
};

/** Words with commas between. */
function wordsOf(text) {
  return text.split(",").map((word) => word.trim()).filter(Boolean);
}
