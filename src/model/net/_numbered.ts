import type { Layer } from "../_layer.ts";
import type { Parts } from "../compose.ts";

/** The parts `<name>0`, `<name>1`, … of each list of layers. */
export function numbered(
  lists: Readonly<Record<string, readonly Layer[]>>,
): Parts {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([name, layers]) =>
      layers.map((layer, i) => [`${name}${i}`, layer])
    ),
  );
}
