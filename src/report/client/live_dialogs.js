/**
 * Opens a dialog, filled in by `fill(form)`, and does what it is about by
 * `act(form)`, which gives a fault to show, or nothing if it was done.
 */
export function askBy(id, { fill, act }) {
  const dialog = document.getElementById(id);
  const form = dialog.querySelector("form");
  const fault = form.querySelector("[data-fault]");
  form.reset();
  fault.textContent = "";
  fill(form);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const said = await act(form);
    fault.textContent = said ?? "";
    if (!said) dialog.close();
  };
  form.querySelector("[data-cancel]").onclick = () => dialog.close();
  dialog.showModal();
}
