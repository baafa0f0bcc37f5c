import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { card, openCards } from "./card.ts";

/** A library with the interface of NVML; null where no compiler is. */
const standIn = compiled();

function compiled(): string | null {
  if (Deno.build.os !== "linux") return null;
  const folder = Deno.makeTempDirSync();
  globalThis.addEventListener(
    "unload",
    () => Deno.removeSync(folder, { recursive: true }),
  );
  const source = join(import.meta.dirname!, "_nvml_stand_in.c");
  const library = join(folder, "libnvidia-ml.so.1");
  try {
    const { success } = new Deno.Command("cc", {
      args: ["-shared", "-fPIC", "-o", library, source],
    }).outputSync();
    return success ? library : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** What is read of cards twice, as the environment lets them be seen. */
function readTwice(visible: string | undefined, cards: number) {
  const name = "CUDA_VISIBLE_DEVICES", before = Deno.env.get(name);
  const set = (value: string | undefined) =>
    value === undefined ? Deno.env.delete(name) : Deno.env.set(name, value);
  set(visible);
  try {
    using open = openCards({ cards }, standIn!);
    return [open.read(), open.read()];
  } finally {
    set(before);
  }
}

Deno.test({
  name: "card reads use, memory, power and energy by NVML",
  ignore: standIn === null,
  fn() {
    const first = {
      "system.gpuPercent": 40,
      "system.gpuMemoryMiB": 5 * 1024,
      "system.gpuPowerW": 250.5,
      "system.gpuEnergyKWh": 0.001,
    };
    deepStrictEqual(readTwice(undefined, 1), [first, first]);
  },
});

Deno.test({
  name: "card takes several together, and leaves out what one does not tell",
  ignore: standIn === null,
  fn() {
    const both = {
      "system.gpuPercent": 50,
      "system.gpuMemoryMiB": 10 * 1024 + 2 ** -20,
      "system.gpuEnergyKWh": 0.002,
    };
    deepStrictEqual(readTwice(undefined, 2), [both, both]);
  },
});

Deno.test({
  name: "card reads those that a run sees, by number or by id",
  ignore: standIn === null,
  fn() {
    for (const visible of ["1", "1,0", "GPU-b", " GPU-b , GPU-x", "1,7,0"]) {
      deepStrictEqual(
        readTwice(visible, 1)[0]!["system.gpuPercent"],
        60,
        visible,
      );
    }
    for (const visible of ["", "7", "-1"]) {
      throws(() => readTwice(visible, 1), /none that a run sees/, visible);
    }
  },
});

Deno.test({
  name: "card says what NVML does where it has no driver",
  ignore: standIn === null,
  fn() {
    const name = "STAND_IN_WITHOUT_DRIVER";
    Deno.env.set(name, "1");
    try {
      throws(
        () => openCards({ cards: 1 }, standIn!),
        /^Error: NVML says: Driver Not Loaded$/,
      );
    } finally {
      Deno.env.delete(name);
    }
  },
});

Deno.test("card says that there is no library", () => {
  throws(
    () => openCards({ cards: 1 }, "/nowhere/nvml.so"),
    /^Error: \/nowhere\/nvml.so is not here, or is too old$/,
  );
});

Deno.test({
  name: "card says that libraries may not be loaded",
  permissions: { ffi: false },
  fn() {
    throws(() => openCards({ cards: 1 }, "x"), /right to ffi is not granted/);
  },
});

Deno.test("card is nothing to read where the processor computes", () => {
  deepStrictEqual(card.open({ cards: 0, folder: "." }), null);
});
