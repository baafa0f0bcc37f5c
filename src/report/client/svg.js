/** An element of SVG around what is inside, with its attributes. */
export function svgTag(name, { inside = [], ...attributes }) {
  const listed = Object.entries(attributes).map(([key, value]) =>
    ` ${key}="${xmlText(String(value))}"`
  );
  return `<${name}${listed.join("")}>${inside.join("")}</${name}>\n`;
}

/** A line of text. */
export function svgText(text, attributes) {
  return svgTag("text", { ...attributes, inside: [xmlText(text)] });
}

/** Text as XML takes it; what no XML may have becomes a space. */
function xmlText(text) {
  return text.toWellFormed()
    .replace(/[^\t\n\r -\ufffd\u{10000}-\u{10ffff}]/gu, " ")
    .replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
