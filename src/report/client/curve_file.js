import { curveColours } from "./curve_colours.js";
import { curveSvg } from "./curve_svg.js";
import { leastSmoothed, smoothingWords } from "./smooth.js";

/** Pixels of a PNG for each of the SVG. */
const fineness = 2;

/** Buttons that save a panel as a file. */
export function saveButtons(panel) {
  const buttons = document.createElement("span");
  buttons.className = "save";
  for (const [form, save] of [["SVG", saveSvg], ["PNG", savePng]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = form;
    button.setAttribute("aria-label", `Save ${panel.panel.label} as ${form}`);
    button.title = `Save as ${form}`;
    button.addEventListener("click", async () => {
      await null; // a plot that was just rebuilt has its scales a moment later
      await save(panel);
    });
    buttons.append(button);
  }
  return buttons;
}

function saveSvg(panel) {
  const blob = new Blob([svgOf(panel)], { type: "image/svg+xml" });
  hand(blob, `${nameOf(panel)}.svg`);
}

async function savePng(panel) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svgOf(panel))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * fineness;
  canvas.height = image.height * fineness;
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => hand(blob, `${nameOf(panel)}.png`), "image/png");
}

/** What is seen of a panel, in the colours of light paper. */
function svgOf(panel) {
  const { view, plot, floors, panel: { label, unit } } = panel;
  const light = { ...view, colours: curveColours("light") };
  const plotted = panel.linesNow(light);
  const { x, y, loss } = plot.scales;
  return curveSvg({
    title: label,
    subtitle: document.querySelector("h1").textContent,
    note: noteOf(plotted, floors, view),
    x: {
      min: x.min,
      max: x.max,
      label: view.abscissa.label,
      tick: (at) => view.abscissa.tick(at),
    },
    y: { min: y.min, max: y.max, label: unit ? `${label} (${unit})` : label },
    loss: plotted.hasLoss ? loss : null,
    ...{ plotted, floors, isLog: view.isLog, colours: light.colours },
  });
}

/** How to read the figure, as far as it has the parts. */
function noteOf({ bands, lines, rings, hasLoss }, floors, { weight }) {
  const isSmoothed = weight > 0 &&
    lines.some(({ curves: [{ points }] }) =>
      points.steps.length > leastSmoothed
    );
  return [
    ...bands.length > 0
      ? ["Line: mean over seeds, band: lowest to highest."]
      : [],
    ...rings.length > 0 ? ["Ring: best checkpoint."] : [],
    ...floors.length > 0 ? ["Dashed: darkness alone, no learning."] : [],
    ...hasLoss ? ["Thin: training loss, right axis."] : [],
    ...isSmoothed ? [`Smoothed: ${smoothingWords(weight)}.`] : [],
  ].join(" ");
}

/** The page's title and the metric, as a name of a file. */
function nameOf({ panel: { label } }) {
  const title = document.querySelector("h1").textContent;
  return `${title} ${label}`.toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80);
}

/** Gives the reader a file; nothing leaves the page for it. */
function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
