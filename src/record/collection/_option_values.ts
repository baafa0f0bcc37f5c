/**
 * What a path means in a plan's options: `train.batch` a value; `augment.elastic`
 * the component of that type in a list, and `model.resUnet` the one that is
 * chosen; `loss.terms.dice.weight` an option of it, `loss.terms[1]` one by its
 * place. A key asked of a list is asked of each of its items. Nothing if there is
 * no such option.
 */
export function optionValues(options: unknown, path: string): unknown[] {
  const keys = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  return keys.reduce<unknown[]>(
    (found, key) => found.flatMap((value) => step(value, key)),
    [options],
  );
}

/** The first key of a path. */
export function firstKey(path: string): string {
  return /^[^.[]*/.exec(path)![0];
}

function step(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) {
    if (/^\d+$/.test(key)) return key in value ? [value[Number(key)]] : [];
    const ofType = value.flatMap((item) => inside(item, key));
    return ofType.length > 0
      ? ofType
      : value.flatMap((item) => ownValue(item, key));
  }
  const own = ownValue(value, key);
  return own.length > 0 ? own : inside(value, key);
}

function ownValue(value: unknown, key: string): unknown[] {
  return isObject(value) && Object.hasOwn(value, key) ? [value[key]] : [];
}

/** Components of a type: the value, or those in lists within it. */
function inside(value: unknown, type: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => inside(item, type));
  if (!isObject(value)) return [];
  const { type: own } = value;
  if (own === type) return [value];
  return Object.values(value).filter(Array.isArray)
    .flatMap((list) => inside(list, type));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Every path of options, as far as a nearest name needs them. */
export function optionPaths(options: unknown, before = ""): string[] {
  if (Array.isArray(options)) {
    return options.filter(isObject).flatMap(({ type, ...rest }) => [
      ...typeof type === "string" ? [`${before}.${type}`] : [],
      ...Object.values(rest).filter(Array.isArray)
        .flatMap((list) => optionPaths(list, before)),
    ]);
  }
  if (!isObject(options)) return [];
  return Object.entries(options).flatMap(([key, value]) => {
    const path = before === "" ? key : `${before}.${key}`;
    return [path, ...optionPaths(value, path)];
  });
}
