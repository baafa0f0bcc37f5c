/** Below this a number is what rounding leaves of 0. */
const leastSize = 1e-12;

/** A number for a table: 3 decimals for ratios, 1 for what has a unit, thin spaces in counts. */
export function formatNumber(value: number | null, unit = ""): string {
  if (value === null || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value) < leastSize ? 0 : Math.abs(value);
  const sign = value < 0 && size > 0 ? "−" : "";
  if (unit === "nm" && (size === 0 || size >= 0.05)) {
    return sign + decimals(size, 1);
  }
  if (Number.isInteger(size)) return sign + grouped(size);
  if (unit !== "" && size >= 0.05) return sign + decimals(size, 1);
  if (size >= 1000) return sign + grouped(Math.round(size));
  if (size >= 10) return sign + decimals(size, 1);
  if (size >= 0.001) return sign + decimals(size, 3);
  return sign + size.toExponential(2).replace("e-", "e−").replace("e+", "e");
}

/** A mean or a deviation: as a number, but never taken for a count. */
export function formatMean(value: number, unit = ""): string {
  return unit !== "" && Number.isInteger(value) && Math.abs(value) < 1000 &&
      value !== 0
    ? `${formatNumber(value)}.0`
    : formatNumber(value, unit);
}

/** A p value, never 0. */
export function formatP(p: number): string {
  return p < 0.001 ? "< 0.001" : p > 0.995 ? "1" : p.toPrecision(2);
}

function decimals(size: number, places: number): string {
  const [whole, rest] = size.toFixed(places).split(".");
  return `${grouped(Number(whole))}.${rest}`;
}

function grouped(whole: number): string {
  if (whole >= 1e15) return whole.toExponential(2).replace("e+", "e");
  return String(whole).replace(
    /\B(?=(\d{3})+$)/g,
    whole >= 10000 ? "\u202f" : "",
  );
}

/** Bytes in the unit that keeps them short: `14.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = bytes, unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  const isWhole = unit === 0 || size >= 999.5;
  return `${isWhole ? Math.round(size) : size.toPrecision(3)} ${units[unit]}`;
}

/** An ISO 8601 time to the minute, in UTC; other texts stay as they are. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.valueOf())) return iso;
  return time.toISOString().slice(0, 16).replace("T", " ");
}

/** How long it was from one ISO 8601 time to another: `1 h 04 min`. */
export function formatDuration(from: string, to: string): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (!(seconds >= 0)) return "–";
  if (seconds < 60) return `${seconds} s`;
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** `1 run`, `2 runs`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${formatNumber(n)} ${n === 1 ? one : many}`;
}
