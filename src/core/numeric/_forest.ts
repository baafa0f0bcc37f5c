/** Disjoint sets of labels; the root of a set is its lowest label. */
export class Forest {
  #parents = new Int32Array(1024);
  #size = 1; // 0 is the background

  /** A new set of one label. */
  plant(): number {
    if (this.#size === this.#parents.length) {
      const larger = new Int32Array(2 * this.#size);
      larger.set(this.#parents);
      this.#parents = larger;
    }
    this.#parents[this.#size] = this.#size;
    return this.#size++;
  }

  /** Joins the sets of two labels; gives the root. */
  join(a: number, b: number): number {
    const rootA = this.#root(a), rootB = this.#root(b);
    const low = Math.min(rootA, rootB);
    this.#parents[Math.max(rootA, rootB)] = low;
    return low;
  }

  /** Numbers the sets from 1 by their lowest labels. */
  number(): { numbers: Int32Array; count: number } {
    const numbers = new Int32Array(this.#size);
    let count = 0;
    for (let label = 1; label < this.#size; label++) {
      const root = this.#root(label); // never above the label
      numbers[label] = root === label ? ++count : numbers[root]!;
    }
    return { numbers, count };
  }

  #root(label: number): number {
    const parents = this.#parents;
    while (parents[label] !== label) {
      label = parents[label] = parents[parents[label]!]!; // path halving
    }
    return label;
  }
}
