import { readData } from "./decode.js";

let asked = 0;

/**
 * Takes what was measured since from the page as it would be made now: the best
 * number, the table of scores, and what a validation left to be seen, which goes to
 * `viewer` if there is one. Curves are told of their points by themselves.
 */
export async function takeMeasured(viewer) {
  const number = ++asked;
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok) return; // the run was deleted, or the server has ended
  const page = new DOMParser().parseFromString(
    await answer.text(),
    "text/html",
  );
  if (number !== asked) return; // a newer one is on its way
  document.querySelector(".tiles").replaceWith(page.querySelector(".tiles"));
  const bodies = (root) => [...root.querySelectorAll("#scores tbody")];
  const now = bodies(page);
  for (const [i, body] of bodies(document).entries()) {
    if (now[i]) body.replaceChildren(...now[i].rows);
  }
  const pictures = readData("viewer-data", page);
  if (pictures) viewer?.take(pictures);
}
