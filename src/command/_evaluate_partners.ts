import { ExperimentError } from "@/core/mod.ts";
import { type CommandContext, pathOf } from "./_context.ts";
import { required } from "./_options.ts";
import { shortNumber, table } from "./_text.ts";

/** What does not go with partners. */
const others = ["prediction", "source", "threshold"] as const;

/** Scores a file of found partners against a volume; gives the exit code. */
export async function evaluatePartners(
  options:
    & {
      readonly [Name in "partners" | "truth" | typeof others[number]]:
        | string
        | undefined;
    }
    & { readonly json: boolean },
  context: CommandContext,
): Promise<number> {
  const extra = others.find((name) => options[name] !== undefined);
  if (extra) {
    throw new ExperimentError(`Cannot use both --partners and --${extra}`, {
      where: "the command line",
      fix: `Leave out one of the two; the volume of partners is --truth FILE`,
    });
  }
  const { scorePartnerFile } = await import("@/experiment/mod.ts");
  const { matches, ...scores } = await scorePartnerFile({
    found: pathOf(options.partners!, context),
    truth: pathOf(required(options.truth, "truth"), context),
  });
  const meanNm = matches.length === 0
    ? null
    : matches.reduce((sum, { distanceNm }) => sum + distanceNm, 0) /
      matches.length;
  const all = { ...scores, matches: matches.length, meanDistanceNm: meanNm };
  context.print(
    options.json ? JSON.stringify(all, null, 2) : table(
      Object.entries(all).map(([name, value]) => [
        name,
        shortNumber(value),
      ]),
    ),
  );
  return 0;
}
