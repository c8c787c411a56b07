// What HTML cannot do by itself; without it nothing is missing that is read. Its words stand in the page.
"use strict";
const byId = (id) => document.getElementById(id);
for (const hidden of document.querySelectorAll("[data-do], .hint")) hidden.hidden = false;

// --- the contents follow the reading: the last heading that has passed a third of the window ---
const menu = byId("contenido");
const entries = new Map([...menu.querySelectorAll("li a")].map((link) => [link.hash.slice(1), link]));
const headings = [...document.querySelectorAll("main :is(h2, h3)[id]")].filter(({ id }) => entries.has(id));

function follow() {
  const passed = (heading) => heading.getBoundingClientRect().top < innerHeight * 0.31;
  // After a jump, the heading that was asked for, though a short section may show the next one as well.
  const asked = headings.find((heading) => `#${heading.id}` === location.hash);
  const seen = asked && passed(asked) && asked.getBoundingClientRect().top >= 0;
  const read = seen ? asked : headings.findLast(passed);
  menu.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const link = entries.get(read?.id);
  if (!link) return;
  link.setAttribute("aria-current", "true");
  const box = link.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) menu.scrollTop += box.top - innerHeight / 2;
}
const observer = new IntersectionObserver(follow, { rootMargin: "0px 0px -70% 0px" });
for (const heading of headings) observer.observe(heading);
addEventListener("hashchange", follow);
menu.addEventListener("toggle", follow);
menu.addEventListener("click", (event) => {
  if (event.target.closest("a") && menu.matches(":popover-open")) menu.hidePopover();
});

// --- a number says where it comes from ---
const tip = byId("cifra");
let told = null;

// What a voice says of an origin: an outline of it, where there is one.
const outline = ({ dataset }) => dataset.resumen ?? dataset.origen;

function tell(number) {
  if (number === told) return;
  told?.removeAttribute("aria-describedby");
  told = number;
  if (!number) return tip.hidePopover();
  tip.children[0].textContent = number.dataset.valor;
  tip.children[1].textContent = number.dataset.origen;
  byId("dicho").textContent = number.dataset.dicho ?? number.dataset.valor;
  number.setAttribute("aria-describedby", "dicho"); // the origin is long: it is said when asked for
  tip.showPopover();
  const at = number.getClientRects()[0];
  const left = Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const below = at.bottom + tip.offsetHeight + 8 < innerHeight;
  tip.style.left = `${Math.max(8, left) + scrollX}px`;
  tip.style.top = `${(below ? at.bottom + 4 : at.top - tip.offsetHeight - 4) + scrollY}px`;
}

const numberAt = (target) => (target instanceof Element ? target.closest(".n") : null);
document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse" && !tip.contains(event.target)) tell(numberAt(event.target));
});
document.addEventListener("click", (event) => {
  if (tip.contains(event.target)) return;
  const number = numberAt(event.target);
  tell(number);
  // Without a mouse it may come from a voice that reads on, where Enter is a click and moves no focus.
  if (number && event.pointerType !== "mouse") {
    byId("aviso").textContent = `${byId("dicho").textContent}. ${outline(number)}`;
  }
});
document.addEventListener("focusin", (event) => tell(numberAt(event.target)));

// One stop of the tabulator in each section, a button that says what it is, and the arrows from there: to the
// sides by number, up and down by paragraph or row. No other number can be reached: a voice that reads on would
// stop at each, and tell it. Those of the bibliography are parts of names.
const blockOf = (number) => number.closest("p, li, tr, caption, figcaption, h2, h3, h4") ?? number;
function makeStop(number) {
  number.tabIndex = 0;
  number.setAttribute("role", "button");
  number.setAttribute("aria-roledescription", tip.dataset.kind);
}
const numbersOf = (section) => [...section.querySelectorAll(".n:not(a .n)")];
for (const section of document.querySelectorAll("main > section:not(.works)")) numbersOf(section).slice(0, 1).forEach(makeStop);
const steps = { ArrowRight: [1], ArrowLeft: [-1], ArrowDown: [1, blockOf], ArrowUp: [-1, blockOf] };
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") tell(null);
  const number = numberAt(document.activeElement);
  if (!number) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    byId("aviso").textContent = outline(number);
  }
  const [step, leaves] = steps[event.key] ?? [];
  if (!step) return;
  event.preventDefault();
  const numbers = numbersOf(number.closest("section"));
  let place = numbers.indexOf(number) + step;
  while (leaves && numbers[place] && blockOf(numbers[place]) === blockOf(number)) place += step;
  const next = numbers[place];
  if (!next) return;
  for (const name of ["tabindex", "role", "aria-roledescription"]) number.removeAttribute(name);
  makeStop(next);
  next.focus();
});

// --- what is wider than its place scrolls: the tabulator stops there and hears where, and the eye is told;
// anything else would be named twice, by its box and by what is in it ---
const scrollers = [...document.querySelectorAll(".scroll, .plates")];
function measure(boxes) {
  const wide = boxes.map((box) => box.scrollWidth > box.clientWidth + 1); // all, before any change of the page
  boxes.forEach((box, place) => {
    const stop = { tabindex: "0", role: "group", "aria-label": box.dataset.name };
    for (const [name, value] of Object.entries(stop)) {
      if (wide[place]) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
    box.nextElementSibling.hidden = !wide[place];
  });
}
measure(scrollers);
const widths = new ResizeObserver((seen) => {
  measure([...new Set(seen.map(({ target }) => target.closest(".scroll, .plates")))]);
});
for (const box of scrollers) for (const part of [box, ...box.children]) widths.observe(part);

// --- tables are copied with tabs, as spreadsheets take them; figures are enlarged ---
const enlarged = byId("ampliada");
function printed(cell) {
  const copy = cell.cloneNode(true);
  for (const words of copy.querySelectorAll(".said")) words.remove();
  return copy.textContent.trim();
}
const actions = {
  async copy(button) {
    const { rows } = button.closest(".table").querySelector("table");
    const text = [...rows].map(({ cells }) => [...cells].map(printed).join("\t"));
    const done = navigator.clipboard.writeText(text.join("\n"));
    byId("aviso").textContent = await done.then(() => button.dataset.done, () => button.dataset.failed);
  },
  enlarge(button) {
    const figure = button.closest("figure");
    const plates = figure.querySelectorAll(".whole, img");
    byId("cual").textContent = figure.querySelector(".plates").dataset.enlarged;
    enlarged.lastElementChild.replaceChildren(...[...plates].map((plate) => plate.cloneNode(true)));
    enlarged.showModal();
  },
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  const plates = event.target.closest("figure > .plates");
  if (button) actions[button.dataset.do](button);
  else if (plates) actions.enlarge(plates);
});
