// The elements over the canvas that a screen reader goes through. The program says what has changed; what is done with an
// element goes back to it.
"use strict";

(() => {
  const elements = new Map();
  const attribute = (node, name, value) => {
    if (value === null || value === undefined) node.removeAttribute(name);
    else if (node.getAttribute(name) !== `${value}`) node.setAttribute(name, value);
  };

  // How each kind is made: its element, and the events that are gestures. A click reaches the program as one.
  const input = (type) => () => Object.assign(document.createElement("input"), { type });
  const tag = (name, role) => () => {
    const node = document.createElement(name);
    if (role) node.setAttribute("role", role);
    return node;
  };
  const make = {
    text: tag("p"),
    button: tag("button"),
    radio: tag("button", "radio"),
    check: input("checkbox"),
    slider: input("range"),
    number: input("text"),
    field: input("text"),
    lines: tag("textarea"),
    choice: tag("button"),
    picture: tag("div", "img"),
    table: tag("table", "table"),
    row: tag("tr", "row"),
    "column-header": tag("th", "columnheader"),
    cell: tag("td", "cell"),
    group: tag("div", "group"),
    dialog: tag("div", "dialog"),
  };
  const level = (kind) => (typeof kind === "object" ? kind.heading : 0);
  const kindOf = (kind) => (level(kind) ? `h${Math.min(level(kind), 6)}` : kind);

  function create(element) {
    const kind = kindOf(element.kind);
    const node = make[kind] ? make[kind]() : document.createElement(kind);
    const id = element.id;
    const act = (gesture) => window.samscopeAct(id, JSON.stringify(gesture));
    node.id = `mirror-${id}`;
    // The keyboard belongs to the canvas, which has a focus of its own.
    node.tabIndex = -1;
    if (["button", "radio", "choice", "check"].includes(kind)) {
      node.addEventListener("click", (event) => {
        // It is ticked when the program says so.
        if (kind === "check") event.preventDefault();
        act("click");
      });
    } else if (kind === "slider") {
      node.addEventListener("input", () => act({ number: Number(node.value) }));
    } else if (kind === "number" || kind === "field" || kind === "lines") {
      node.addEventListener("change", () => act({ text: node.value }));
    }
    return node;
  }

  function update(node, { kind, name, value, range, on, open, disabled, rect }) {
    const what = kindOf(kind);
    if (make[what] === undefined || ["text", "column-header", "cell"].includes(what)) {
      if (node.textContent !== name) node.textContent = name;
    } else if (node.tagName === "BUTTON") {
      const text = value ? `${name}: ${value}` : name;
      if (node.textContent !== text) node.textContent = text;
    } else {
      // A picture has no other place for what it shows.
      attribute(node, "aria-label", (what === "picture" && value ? `${name}: ${value}` : name) || null);
    }
    if (what === "check") node.checked = on;
    else if (what === "radio") attribute(node, "aria-checked", !!on);
    else attribute(node, "aria-pressed", what === "button" ? on : null);
    attribute(node, "aria-expanded", open);
    if (what === "choice") attribute(node, "aria-haspopup", "listbox");
    if ("disabled" in node) node.disabled = disabled;
    if (what === "slider") {
      // Without a range it is a place: its text says all.
      const { min, max, value: now } = range ?? { min: 0, max: 0, value: 0 };
      Object.assign(node, { min: min ?? -Number.MAX_VALUE, max: max ?? Number.MAX_VALUE, step: "any", value: now });
      attribute(node, "aria-valuetext", value ?? `${Number(now.toPrecision(5))}`);
    } else if ("value" in node && what !== "check" && node.tagName !== "BUTTON" && node !== document.activeElement) {
      // What somebody is typing stays.
      node.value = value ?? "";
    }
    const [left, top, width, height] = rect;
    Object.assign(node.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }

  window.samscopeMirror = (changes) => {
    const { changed, order, focus } = JSON.parse(changes);
    const root = document.getElementById("mirror");
    for (const element of changed) {
      const kind = kindOf(element.kind);
      const old = elements.get(element.id);
      if (old?.kind !== kind) {
        old?.node.remove();
        elements.set(element.id, { kind, node: create(element), inside: element.inside });
      }
      const entry = elements.get(element.id);
      entry.inside = element.inside;
      update(entry.node, element);
    }
    if (order) {
      const kept = new Set(order);
      for (const [id, { node }] of elements) {
        if (kept.has(id)) continue;
        node.remove();
        elements.delete(id);
      }
    }
    // Every element in its container, in reading order; one that is in its place stays untouched.
    const last = new Map();
    for (const id of order ?? elements.keys()) {
      const { node, inside } = elements.get(id) ?? {};
      if (!node) continue;
      const parent = elements.get(inside)?.node ?? root;
      const before = last.get(parent);
      const place = before ? before.nextSibling : parent.firstChild;
      if (order && node !== place) parent.insertBefore(node, place);
      else if (!node.isConnected) parent.append(node);
      last.set(parent, node);
    }
    const canvas = document.getElementById("canvas");
    // eframe's field, through which letters come, has the browser's focus in the canvas's place.
    const field = canvas.parentNode.querySelector(":scope > input");
    for (const node of [canvas, field].filter(Boolean)) {
      attribute(node, "aria-label", canvas.getAttribute("aria-label"));
      attribute(node, "aria-activedescendant", focus && `mirror-${focus}`);
      attribute(node, node === canvas ? "aria-owns" : "aria-controls", "mirror");
    }
  };
})();
