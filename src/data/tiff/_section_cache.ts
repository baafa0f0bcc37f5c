/** About as many bytes of sections are kept. */
const keptBytes = 1 << 26;

/** The sections that were read last, so that boxes of some do not unpack all again. */
export class SectionCache<Section extends { readonly byteLength: number }> {
  readonly #sections = new Map<number, Section>();

  /** The section of a number, read if it is not kept. */
  get(z: number, read: () => Section): Section {
    const section = this.#sections.get(z) ?? read();
    this.#sections.delete(z);
    this.#sections.set(z, section);
    const most = Math.max(1, Math.floor(keptBytes / section.byteLength));
    for (const oldest of this.#sections.keys()) {
      if (this.#sections.size <= most) break;
      this.#sections.delete(oldest);
    }
    return section;
  }
}
