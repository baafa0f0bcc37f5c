import { againstCells } from "../cell/against_cells.ts";
import { missedHtml } from "../cell/missed_html.ts";
import { plural } from "../format.ts";
import { fillCell } from "./cells.js";
import { readData } from "./decode.js";

/** Which clefts all runs missed, and how each compares with the best, place by place. */
export function recountPlaces(view) {
  const data = readData("places-data");
  if (!data) return;
  for (const part of document.querySelectorAll("[data-placed]")) {
    const volume = data[part.dataset.placed];
    const runs = volume.runs.filter(({ run }) => view.isCounted(run))
      .map((one) => ({ run: one.run, ...placesRead(one, volume) }));
    part.hidden = runs.length === 0;
    if (runs.length === 0) continue;
    recountMissed(part.querySelector(".missed"), runs);
    recountAgainst(part.querySelector(".by-place"), runs);
  }
}

/** What `placesData` packed of a run. */
function placesRead({ dice, seen, found }, { sections, clefts }) {
  return {
    sections: sections.flatMap((z, i) =>
      dice[i] === null ? [] : [{
        ...{ z, dice: dice[i] },
        truthVox: Number(seen[i]) & 1,
        predictedVox: Number(seen[i]) & 2,
      }]
    ),
    clefts: clefts.map(([z, y, x, sizeVox], i) => ({
      ...{ atVox: [z, y, x], sizeVox },
      foundVox: Number(found[i]),
    })),
  };
}

function recountMissed(part, runs) {
  const { sentence, places } = missedHtml(runs.map(({ clefts }) => clefts));
  const [words, details] = part.children;
  words.innerHTML = sentence;
  details.hidden = places === "";
  details.lastElementChild.innerHTML = places;
}

function recountAgainst(table, [best, ...others]) {
  if (!table) return;
  const rowOf = ({ run }) => table.querySelector(`tr[data-run="${run}"]`);
  const cells = againstCells(best, others);
  for (const [i, other] of others.entries()) {
    const row = rowOf(other);
    row.hidden = false;
    for (const [k, cell] of cells[i].entries()) {
      fillCell(row.cells[k + 1], cell);
    }
  }
  rowOf(best).hidden = true;
  const name = rowOf(best).querySelector(".run-name").cloneNode(true);
  table.caption.querySelector(".run-name").replaceWith(name);
  const folded = table.closest("details");
  (folded ?? table.closest(".table-box")).hidden = others.length === 0;
  if (!folded) return;
  const count = folded.querySelector(".others-count");
  count.textContent = plural(others.length, "other");
}
