// What is wrong with the boxes of what can be pressed: covered, overlapping, cut off, or outside the window.
() => {
  const PRESSED = "button, a[href], select, textarea, input:not(.hidden-text), label.speed";
  const scrolls = (box) => ["auto", "scroll"].includes(getComputedStyle(box).overflowY) || ["auto", "scroll"].includes(getComputedStyle(box).overflowX);
  const sheet = [...document.querySelectorAll(".is-open")].find((each) => getComputedStyle(each).position === "fixed");
  // Behind an open sheet nothing is in use; in a scrolling box, only what is scrolled into sight.
  const inUse = (each) => each.checkVisibility() && !(sheet && !sheet.contains(each));
  const name = (each) => each.id || each.dataset.testid || each.textContent.trim().slice(0, 30);
  const seen = (each) => {
    let { left, right, top, bottom } = each.getBoundingClientRect();
    for (let box = each.parentElement; box; box = box.parentElement) {
      if (!scrolls(box) || box === document.body) continue;
      const frame = box.getBoundingClientRect();
      [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
      [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
    }
    return { left, right, top, bottom };
  };
  const all = [...document.querySelectorAll(PRESSED)].filter(inUse).map((each) => ({ each, name: name(each), ...seen(each) }));
  const boxes = all.filter((box) => box.right - box.left > 1 && box.bottom - box.top > 1);
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
  for (const box of boxes) {
    if (box.left < -0.5 || box.right > innerWidth + 0.5) faults.push(`${box.name} goes beyond the window's edge`);
    const words = box.each;
    if (!["SELECT", "INPUT", "TEXTAREA"].includes(words.tagName) && words.scrollWidth > words.clientWidth + 1 && words.clientWidth) faults.push(`${box.name}: its words do not fit`);
  }
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      if (one.each.contains(other.each) || other.each.contains(one.each)) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 1 && high > 1) faults.push(`${one.name} and ${other.name} overlap`);
    }
  });
  for (const text of document.querySelectorAll(".clock-words, .wordmark, #people, .tour, .people-bar, .clock-panel.is-open, .timeline, .sky")) {
    if (text.checkVisibility() && text.scrollWidth > text.clientWidth + 1) faults.push(`${text.id || text.className} is cut off`);
  }
  for (const text of document.querySelectorAll(".clock-words")) {
    const box = text.getBoundingClientRect();
    for (const { name: whose, left, right, top, bottom } of boxes) {
      if (text.checkVisibility() && Math.min(box.right, right) - Math.max(box.left, left) > 1 && Math.min(box.bottom, bottom) - Math.max(box.top, top) > 1) faults.push(`${whose} covers the date`);
    }
  }
  const card = document.querySelector(".notice")?.getBoundingClientRect();
  for (const { name: whose, left, right, top, bottom } of card ? boxes : []) {
    if (Math.min(card.right, right) - Math.max(card.left, left) > 0 && Math.min(card.bottom, bottom) - Math.max(card.top, top) > 0) faults.push(`the notice covers ${whose}`);
  }
  return faults;
}
