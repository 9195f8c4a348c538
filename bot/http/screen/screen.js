// Keeps the page true: the server tells every change. Words are set as text, never as markup.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const [now, asked, next, list, more, nothing, lost, gone] =
    ["now", "asked", "next", "list", "more", "nothing", "lost", "gone"].map(byId);
  const LONG = 140;

  const make = (tag, name, text, language) => {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    if (language) { made.lang = language; made.dir = "auto"; }
    return made;
  };

  const entry = (each) => {
    const about = make("p", "about", "");
    const votes = make("span", "votes", "");
    votes.append(make("span", "count", String(each.votes)));
    about.append(votes, make("span", "language", each.spoken.toUpperCase()));
    if (each.who) { about.append(make("span", "who", each.who, each.spoken)); }
    const original = each.original ? [make("p", "original", each.original, each.spoken)] : [];
    return [make("p", "words", each.words, each.language), ...original, about];
  };

  const fit = () => {
    const items = [...list.children];
    items.forEach((item) => { item.hidden = false; });
    more.hidden = true;
    const onWall = matchMedia("(min-width: 1000px) and (min-height: 600px)").matches;
    if (!onWall || !items.length) { return; }
    const fits = () => list.scrollHeight <= list.clientHeight + 1;
    let left = items.length;
    while (left > 1 && !fits()) {
      left -= 1;
      items[left].hidden = true;
      more.textContent = `+ ${items.length - left}`;
      more.hidden = false;
    }
  };

  const draw = (panel) => {
    now.hidden = !panel.now;
    now.classList.toggle("long", Boolean(panel.now) && panel.now.words.length > LONG);
    asked.replaceChildren(...(panel.now ? entry(panel.now) : []));
    list.replaceChildren(...panel.list.map((each) => {
      const item = document.createElement("li");
      item.append(...entry(each));
      return item;
    }));
    next.hidden = !panel.list.length;
    nothing.hidden = Boolean(panel.now) || panel.list.length > 0;
    fit();
  };

  const AGAIN = 5000;
  const listen = () => {
    const path = location.pathname.replace(/\/$/, "");
    const source = new EventSource(`${path}/events${location.search}`);
    source.onmessage = (event) => { lost.hidden = true; draw(JSON.parse(event.data)); };
    source.onopen = () => { lost.hidden = true; };
    source.addEventListener("gone", () => { source.close(); document.body.replaceChildren(gone); gone.hidden = false; });
    source.onerror = () => {
      lost.hidden = false;
      if (source.readyState === EventSource.CLOSED) { setTimeout(listen, AGAIN); }
    };
  };

  addEventListener("resize", fit);
  now.classList.toggle("long", asked.textContent.length > LONG);
  fit();
  document.fonts.ready.then(fit);
  listen();
})();
