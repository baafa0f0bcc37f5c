/** How good a section is, for sorting; one without clefts is in the middle. */
const goodness = ({ dice }) => dice ?? 0.5;

/** Sections by depth, or by Dice, the worst or the best first. */
export function inOrder(sections, order) {
  const by = {
    depth: (a, b) => a.z - b.z,
    worst: (a, b) => goodness(a) - goodness(b) || a.z - b.z,
    best: (a, b) => goodness(b) - goodness(a) || a.z - b.z,
  }[order];
  return [...sections].sort(by);
}

/** ", worst" or ", best" of a section that is. */
export function placeAmong(sections, section) {
  if (sections.length < 2) return "";
  const ranked = inOrder(sections, "worst");
  if (section === ranked[0]) return ", worst";
  return section === ranked.at(-1) ? ", best" : "";
}

/** The section of median Dice, of those of the first run that all runs have. */
export function medianSection([first, ...others]) {
  const common = first.sections.filter(({ z }) =>
    others.every(({ sections }) => sections.some((one) => one.z === z))
  );
  const ranked = inOrder(common.length > 0 ? common : first.sections, "worst");
  return ranked[Math.floor((ranked.length - 1) / 2)];
}
