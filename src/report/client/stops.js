/** Where the Tab key stops within a part of the page, in its order. */
export function stopsOf(part) {
  return [...part.querySelectorAll(
    "a[href], button, input, select, summary, [tabindex='0']",
  )];
}
