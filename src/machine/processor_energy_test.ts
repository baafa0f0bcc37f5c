import { deepStrictEqual, throws } from "node:assert/strict";
import { openCounters } from "./processor_energy.ts";

/** Two packages, a zone around them, and parts; energies as they are set. */
class Zones {
  readonly energies = [999_000_000, 5_000_000, 0];
  readonly #names = ["package-0\n", "package-1\n", "psys\n"];

  read = (path: string): string | null => {
    const [, zone, file] = /^\/sys\/class\/powercap\/intel-rapl:(\d+)\/(.*)$/
      .exec(path)!;
    const i = Number(zone);
    if (i >= this.#names.length) return null;
    return {
      name: this.#names[i]!,
      energy_uj: `${this.energies[i]}\n`,
      max_energy_range_uj: "1000000000\n",
    }[file!] ?? null;
  };
}

Deno.test("openCounters() sums the energy of packages, across the end of a counter", () => {
  const zones = new Zones();
  using open = openCounters(zones.read);
  zones.energies[0] = 2_600_000; // 3.6 J further
  zones.energies[1] = 5_000_000 + 3_600_000_000 - 3_600_000;
  zones.energies[2] = 123_456_789;
  deepStrictEqual(open.read(), { "system.cpuEnergyKWh": 0.001 });
  deepStrictEqual(open.read(), { "system.cpuEnergyKWh": 0 });
});

Deno.test("openCounters() says why it reads nothing", () => {
  throws(() => openCounters(() => null), /no counter of it is shown here/);
  const { read } = new Zones();
  throws(
    () => openCounters((path) => /energy_uj$/.test(path) ? null : read(path)),
    /only root may read .*intel-rapl:0\/energy_uj/,
  );
});
