/**
 * Takes what was measured since from the page as it would be made now: the best
 * number and the table of scores. Curves are told of their points by themselves.
 */
export async function takeNumbers() {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok) return; // the run was deleted, or the server has ended
  const page = new DOMParser().parseFromString(
    await answer.text(),
    "text/html",
  );
  document.querySelector(".tiles").replaceWith(page.querySelector(".tiles"));
  const bodies = (root) => [...root.querySelectorAll("#scores tbody")];
  const now = bodies(page);
  for (const [i, body] of bodies(document).entries()) {
    if (now[i]) body.replaceChildren(...now[i].rows);
  }
}
