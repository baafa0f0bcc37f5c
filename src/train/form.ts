import type * as tf from "@tensorflow/tfjs-core";

/**
 * Tensors by name, and the order in which a compiled function takes or gives
 * them: whoever calls it and the function itself share one.
 */
export interface Form<Named> {
  /** The path of each tensor in order, such as `batch.samples.image`. */
  readonly paths: readonly string[];
  /** The list of tensors. */
  pack(named: Named): tf.Tensor[];
  /**
   * The tensors of a list by name.
   *
   * @throws {RangeError} If it has not as many.
   */
  unpack(list: readonly tf.Tensor[]): Named;
}

/** One tensor. */
export function one<Named extends tf.Tensor>(): Form<Named> {
  return {
    paths: [""],
    pack: (tensor) => [tensor],
    unpack: ([tensor]) => tensor as Named,
  };
}

/** Several tensors of one kind. */
export function several<Named extends tf.Tensor>(
  count: number,
): Form<readonly Named[]> {
  return {
    paths: Array.from({ length: count }, (_, i) => `${i}`),
    pack: (tensors) => [...tensors],
    unpack: (list) => list as readonly Named[],
  };
}

/**
 * What is there in some trainings only, and null in the others.
 *
 * @throws {RangeError} On packing it where it is not, or null where it is.
 */
export function only<Named>(
  isThere: boolean,
  form: Form<Named>,
): Form<Named | null> {
  return {
    paths: isThere ? form.paths : [],
    pack(named) {
      if (isThere !== (named !== null)) {
        throw new RangeError(
          isThere ? "Cannot do without it" : "Cannot place it",
        );
      }
      return named === null ? [] : form.pack(named);
    },
    unpack: (list) => isThere ? form.unpack(list) : null,
  };
}

/** Several forms by name, in the order of their keys. */
export function formOf<Named>(
  fields: { readonly [Key in keyof Named]: Form<Named[Key]> },
): Form<Named> {
  const entries = Object.entries(fields) as [string, Form<unknown>][];
  const paths = entries.flatMap(([key, { paths }]) =>
    paths.map((path) => path === "" ? key : `${key}.${path}`)
  );
  return {
    paths,
    pack: (named) =>
      entries.flatMap(([key, form]) => {
        const list = form.pack(named[key as keyof Named]);
        checkCount(list, form, key);
        return list;
      }),
    unpack(list) {
      checkCount(list, { paths }, "all");
      let at = 0;
      return Object.fromEntries(entries.map(([key, form]) => [
        key,
        form.unpack(list.slice(at, at += form.paths.length)),
      ])) as Named;
    },
  };
}

/** The numbers, in the list, of what begins with a path, such as `batch.samples`. */
export function placesOf(
  { paths }: Pick<Form<unknown>, "paths">,
  beginning: string,
): readonly number[] {
  return paths.flatMap((path, place) =>
    path === beginning || path.startsWith(`${beginning}.`) ? [place] : []
  );
}

function checkCount(
  list: readonly tf.Tensor[],
  { paths }: Pick<Form<unknown>, "paths">,
  what: string,
): void {
  if (list.length === paths.length) return;
  throw new RangeError(
    `Cannot take ${list.length} tensors for ${what}: it has ${paths.length}`,
  );
}
