const themes = [
  { name: "Auto", value: null, says: "Colours: as the system" },
  { name: "Light", value: "light", says: "Colours: light" },
  { name: "Dark", value: "dark", says: "Colours: dark" },
];

/** Calls `redraw` whenever the page's colours change. */
export function onColours(redraw) {
  matchMedia("(prefers-color-scheme: dark)")
    .addEventListener("change", redraw);
  document.addEventListener("colours", redraw);
}

/** The colour that a class or a variable gives to text, as the canvas takes it. */
export function colourOf({ className = "", variable, scheme = "" }) {
  const probe = document.createElement("span");
  probe.className = className;
  probe.style.colorScheme = scheme; // of the page, or light, or dark
  if (variable) probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The button that goes from the system's colours to light, dark and back; stored nowhere. */
export function startTheme() {
  const button = document.getElementById("theme");
  let at = 0;
  button.addEventListener("click", () => {
    at = (at + 1) % themes.length;
    const { name, value, says } = themes[at];
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
    button.querySelector(".theme-name").textContent = name;
    button.setAttribute("aria-label", says);
    document.dispatchEvent(new Event("colours"));
  });
}
