/** Makes every `button[data-copy]` copy its text, and say so. */
export function startCopying() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", () => copy(button, button.dataset.copy));
  }
}

/** Copies a text and says so on the button for a moment. */
export async function copy(button, text) {
  button.dataset.says ??= button.textContent;
  button.textContent = await write(text) ? "Copied" : "Press Ctrl+C";
  setTimeout(() => button.textContent = button.dataset.says, 1600);
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeAsBefore(text); // a browser that refuses pages from files
  }
}

/** By a field whose text is selected; it stays so where even that is refused. */
function writeAsBefore(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden";
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  if (isDone) field.remove();
  else setTimeout(() => field.remove(), 1600);
  return isDone;
}
