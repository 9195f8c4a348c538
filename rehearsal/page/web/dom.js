// Elements, made by hand: text is always text, never markup.

const NAMESPACE = "http://www.w3.org/2000/svg";

/** An element with attributes, listeners ("onclick": …) and children; null children are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "text") element.textContent = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A drawing from the page's sheet of icons; what it means is said by its neighbour or by a label. */
export function icon(id) {
  const drawing = document.createElementNS(NAMESPACE, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(NAMESPACE, "use");
  use.setAttribute("href", `#icon-${id}`);
  drawing.append(use);
  return drawing;
}

/** Text for screen readers only. */
export const hidden = (text) => make("span", { class: "hidden-text", text });

/** The function, at most once a frame however often it is asked for. */
export function onceAFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

/** The async function, never twice at once; asked meanwhile, it runs once more. */
export function oneAtATime(work) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      running = false;
    }
  };
}
