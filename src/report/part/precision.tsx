import type { VNode } from "preact";
import { precisionHtml } from "../cell/precision_html.ts";
import {
  factsOf,
  type Page,
  type PageMatrix,
  type VolumeScores,
} from "../page.ts";
import { pairedDifference } from "../paired.ts";
import { changesOf } from "../variants.ts";
import { valuesOf } from "./variant_table.tsx";

/** How many seeds it takes to know a difference more precisely. */
export function Precision(
  { page, matrix, volume }: {
    page: Page;
    matrix: PageMatrix;
    volume: VolumeScores;
  },
): VNode | null {
  const metric = page.ranking.name;
  const { label, unit } = factsOf(page, metric);
  const differences = changesOf(matrix.record, matrix.groups).map((
    { to, from },
  ) =>
    pairedDifference(
      valuesOf(to, { volume, metric }),
      valuesOf(from, { volume, metric }),
    )
  );
  const words = precisionHtml(differences, unit);
  return words === "" ? null : (
    <p class="note" data-precision={metric}>
      To know a difference in {label} to{" "}
      <span dangerouslySetInnerHTML={{ __html: words }} />
    </p>
  );
}
