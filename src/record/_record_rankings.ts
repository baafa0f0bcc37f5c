import type { DatabaseSync } from "node:sqlite";

/** What each metric ranked weights by when it was the first of a run's. */
const rankings = {
  averagePrecision: { name: "ap", better: "higher" },
  dice: { name: "dice", better: "higher" },
  cremi: { name: "adgt", better: "lower" },
  objects: { name: "found", better: "higher" },
} as const;

/**
 * Part of migration 13, and to be left as it is: records what runs from before it
 * ranked their weights by. While metrics were names it was the first of their
 * catalog, as entries the first of the plan. A plan that does not say leaves none.
 */
export function recordRankings(db: DatabaseSync): void {
  const write = db.prepare("UPDATE run SET ranking = ? WHERE number = ?");
  const read = db.prepare("SELECT plan FROM run WHERE number = ?");
  for (const { number } of db.prepare("SELECT number FROM run").all()) {
    const listed = metricsOf(read.get(number!)!.plan as string);
    const inCatalog = Object.keys(rankings);
    const names = listed.every((one) => typeof one === "string")
      ? inCatalog.filter((name) => listed.includes(name))
      : listed.map((one) => (one as { type?: unknown } | null)?.type);
    const [ranking] = names.flatMap((name) =>
      inCatalog.includes(`${name}`)
        ? [rankings[name as keyof typeof rankings]]
        : []
    );
    if (ranking) write.run(JSON.stringify(ranking), number!);
  }
}

function metricsOf(plan: string): readonly unknown[] {
  try {
    const { spec } = JSON.parse(plan) as {
      spec?: { evaluate?: { metrics?: unknown } };
    };
    return Array.isArray(spec?.evaluate?.metrics) ? spec.evaluate.metrics : [];
  } catch {
    return [];
  }
}
