import { mapZyx, type Zyx } from "@/core/mod.ts";
import { type Annotations, siteTypes } from "@/data/mod.ts";
import type { PartnerPair } from "@/partner/mod.ts";

/** Pairs as annotations of the challenge, two points each, numbered from 1. */
export function annotationsOf(
  pairs: readonly Pick<PartnerPair, "preNm" | "postNm">[],
  offsetNm: Zyx,
): Annotations {
  const ids = pairs.map((_, i) => [2 * i + 1, 2 * i + 2].map(BigInt));
  const local = (nm: Zyx) => mapZyx((a) => nm[a] - offsetNm[a]);
  return {
    offsetNm,
    points: pairs.flatMap(({ preNm, postNm }, i) => {
      const [pre, post] = ids[i]!;
      return [
        { id: pre!, type: siteTypes.pre, locationNm: local(preNm) },
        { id: post!, type: siteTypes.post, locationNm: local(postNm) },
      ];
    }),
    partners: ids.map(([pre, post]) => ({ pre: pre!, post: post! })),
    comments: [],
  };
}
