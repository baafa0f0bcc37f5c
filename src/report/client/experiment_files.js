import { copy } from "./copy.js";
import { readData } from "./decode.js";

/** Shows the experiment of the run that is chosen, to copy and to save. */
export function startExperimentFiles() {
  const data = readData("experiment-data");
  if (!data) return;
  const choice = document.getElementById("experiment-run");
  const text = document.getElementById("experiment-text");
  const link = document.getElementById("experiment-link");
  choice?.addEventListener("change", () => {
    const i = Number(choice.value);
    text.textContent = experimentText(data, i);
    link.href = `data:text/yaml;charset=utf-8,${
      encodeURIComponent(text.textContent)
    }`;
    link.download = data.files[i];
  });
  const button = document.getElementById("experiment-copy");
  button.addEventListener("click", () => copy(button, text.textContent));
}

/** One of the texts that `sharedLines` keeps. */
export function experimentText({ lines, texts }, i) {
  return texts[i].flatMap(([from, to]) => lines.slice(from, to + 1)).join("\n");
}
