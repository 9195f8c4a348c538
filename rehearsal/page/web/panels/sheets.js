// The panels that open and close: the calls beside the phones; on a small screen, clock and calls from below.

import { placeNotice } from "./notices.js";

const NARROW = matchMedia("(max-width: 760px)");

/** `onCalls(open)` is called when the view of calls comes or goes. */
export function buildSheets(onCalls) {
  placeTools();
  NARROW.addEventListener("change", placeTools);
  const sheets = ["clock", "calls"].map((id) => sheet(id, id === "calls" ? onCalls : () => {}));
  for (const each of sheets) each.others = sheets.filter((other) => other !== each);
  NARROW.addEventListener("change", () => sheets.forEach((each) => each.set(false)));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) sheets.find((each) => each.isOpen() && each.panel.contains(document.activeElement))?.set(false);
  });
  if (!NARROW.matches && new URLSearchParams(location.search).has("calls")) sheets[1].set(true);
}

/** The page's own controls stand beside the people; on a small screen, beside the mark. */
function placeTools() {
  const place = NARROW.matches ? document.querySelector(".top") : document.getElementById("people-bar");
  place.append(document.getElementById("page-tools"));
}

function sheet(id, onChange) {
  const panel = document.getElementById(`${id}-panel`);
  const openers = [...document.querySelectorAll(`[aria-controls="${id}-panel"]`)];
  const self = { panel, isOpen: () => panel.classList.contains("is-open"), set };

  function set(open, opener = null) {
    const hadFocus = panel.contains(document.activeElement);
    if (open && NARROW.matches) self.others.forEach((other) => other.set(false));
    panel.classList.toggle("is-open", open);
    document.body.classList.toggle(`has-${id}`, open);
    for (const each of openers) each.setAttribute("aria-expanded", String(open));
    onChange(open);
    placeNotice();
    if (open && opener) panel.focus({ preventScroll: true });
    else if (!open && hadFocus) openers.find((each) => each.offsetParent)?.focus();
  }

  for (const opener of openers) opener.addEventListener("click", () => set(!self.isOpen(), opener));
  panel.querySelector("[data-close]")?.addEventListener("click", () => set(false));
  return self;
}
