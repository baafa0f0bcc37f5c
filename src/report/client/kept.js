/**
 * The controls that have a name or an id, in the page's order; those of one name
 * are one. What is asked for in a dialog belongs to no view.
 */
export function controls() {
  const all = [...document.querySelectorAll("input, select")]
    .filter((control) => !control.closest("dialog"));
  const named = Map.groupBy(all, ({ id, name }) => name || id);
  named.delete("");
  return [...named].map(([name, same]) => ({
    name,
    ...(same[0].type === "radio"
      ? radios(same)
      : same[0].type === "checkbox"
      ? checkbox(same[0])
      : field(same[0])),
  }));
}

function radios(all) {
  return {
    read: () => all.find(({ checked }) => checked)?.value ?? "",
    write(text) {
      const one = all.find(({ value }) => value === text);
      if (!one) return;
      one.checked = true;
      change(one);
    },
  };
}

function checkbox(box) {
  return {
    read: () => `${Number(box.checked)}`,
    write(text) {
      box.checked = text === "1";
      change(box);
    },
  };
}

/** A slider, a list to choose from, a line of text. */
function field(control) {
  return {
    read: () => control.value,
    write(text) {
      const { value } = control;
      control.value = text;
      if (control.selectedIndex === -1) control.value = value; // not in the list
      change(control);
    },
  };
}

/** Tells those that listen, as if a reader had done it. */
function change(control) {
  for (const type of ["input", "change"]) {
    control.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

/** The parts that are not folded, or open, as the page began: by section and number. */
export function folds() {
  const all = [...document.querySelectorAll("main details")];
  const began = all.map(({ open }) => open);
  const counts = new Map();
  const names = all.map((part) => {
    const place = part.closest("section[id]")?.id ?? "top";
    counts.set(place, (counts.get(place) ?? 0) + 1);
    return `${place}.${counts.get(place)}`;
  });
  return {
    name: "turned",
    read: () => names.filter((_, i) => all[i].open !== began[i]).join(" "),
    write(text) {
      const turned = text.split(" ");
      for (const [i, part] of all.entries()) {
        part.open = began[i] !== turned.includes(names[i]);
      }
    },
  };
}
