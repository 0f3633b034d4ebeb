// What makes the pages quicker to use; all of them work without it.
"use strict";

// "/" goes to the search field, as on the pages of others.
document.addEventListener("keydown", (event) => {
  const field = document.querySelector("[data-search]");
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && field && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
    field.select();
  }
  if (event.key === "Escape") {
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
  }
});

// The account menu closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
});

// A button beside an address copies it, where the browser lets it.
document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  });
});

// "Earlier entries" brings them into this page instead of turning it.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.setAttribute("aria-busy", "true");
  const answer = await fetch(link.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) {
    location.href = link.href;
    return;
  }
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-list]");
  const list = link.closest("[data-list]");
  link.closest(".more").remove();
  list.append(...next.childNodes);
});

// What is still going on is shown anew every few seconds, until it has ended.
const renew = (live) => setTimeout(async () => {
  if (document.hidden) return renew(live);
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(live.id);
  if (!fresh) return;
  live.replaceWith(fresh);
  if (fresh.dataset.live) renew(fresh);
}, 1000 * live.dataset.live);
document.querySelectorAll("[data-live]").forEach(renew);

// What was read on a letter shows where it stands while one points at it.
for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (event) => {
    const link = event.target.closest?.("[data-shows]");
    if (link) document.getElementById(link.dataset.shows)?.classList.toggle("lit", on);
  });
}
