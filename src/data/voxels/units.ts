/** Nanometres of a unit, by the names that OME-Zarr and others use. */
const nanometres: Readonly<Record<string, number>> = {
  angstrom: 0.1,
  picometer: 1e-3,
  nanometer: 1,
  micrometer: 1e3,
  micron: 1e3,
  millimeter: 1e6,
  centimeter: 1e7,
  meter: 1e9,
  å: 0.1,
  pm: 1e-3,
  nm: 1,
  um: 1e3,
  "µm": 1e3, // micro sign
  "μm": 1e3, // Greek letter
  mm: 1e6,
  cm: 1e7,
  m: 1e9,
};

/** Nanometres of a unit of length; undefined where it is none that is known. */
export function nmOf(unit: string): number | undefined {
  const name = unit.trim().toLowerCase().replace(/metre/, "meter");
  return nanometres[name] ?? nanometres[name.replace(/s$/, "")];
}
