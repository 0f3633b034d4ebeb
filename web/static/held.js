// Settling what waits without waiting: the next message is there before it is asked for.
"use strict";

{
  const AHEAD = 4, FEW = 10;
  const panes = new Map(); // what is fetched already, by entry
  let sending = Promise.resolve(); // decisions go out one after the other, in the order in which they were made
  let wanted = null;

  const desk = () => document.querySelector("[data-desk]");
  const rows = () => [...desk().querySelectorAll("[data-entry]:not(.going)")];
  const rowOf = (id) => desk().querySelector(`[data-entry="${id}"]`);
  const current = () => desk().querySelector("[data-entry][aria-current]");
  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  const pane = (id) => {
    if (!panes.has(id)) {
      const got = fetch(`/held/${id}?pane=1`, { credentials: "same-origin" })
        .then((answer) => (answer.ok && !answer.redirected ? answer.text() : null));
      panes.set(id, got);
    }
    return panes.get(id);
  };

  const fetchAhead = () => {
    const all = rows();
    const at = all.findIndex((row) => row.hasAttribute("aria-current"));
    all.slice(at + 1, at + 1 + AHEAD).forEach((row) => pane(row.dataset.entry));
  };

  const put = (text) => {
    const place = desk().querySelector("[data-pane]");
    place.replaceChildren(...parsed(text).body.childNodes);
  };

  const turns = () => {
    const all = rows();
    const at = all.findIndex((row) => row.hasAttribute("aria-current"));
    desk().querySelectorAll("[data-turn]").forEach((link) => {
      link.hidden = !all[at + Number(link.dataset.turn)];
    });
  };

  const show = async (row) => {
    const id = row.dataset.entry;
    wanted = id;
    desk().querySelectorAll("[aria-current][data-entry]").forEach((one) => one.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    const text = await pane(id);
    if (wanted !== id) return;
    if (text === null) { // somebody else was quicker
      panes.delete(id);
      leave(new Set([id]));
      row.remove();
      return;
    }
    put(text);
    turns();
    desk().classList.replace("at-list", "at-message");
    history.replaceState(null, "", `/held/${id}`);
    fetchAhead();
  };

  // Show what comes after some entries, else what stands before them.
  const leave = (ids) => {
    const all = [...desk().querySelectorAll("[data-entry]")];
    const stays = (row) => !row.classList.contains("going") && !ids.has(row.dataset.entry);
    const at = all.findIndex((row) => row.hasAttribute("aria-current"));
    const next = all.slice(at + 1).find(stays) ?? all.slice(0, Math.max(at, 0)).reverse().find(stays);
    if (next) show(next);
    else sending.then(async () => {
      if (!(await more())) location.href = "/held";
      else if (rows().length) show(rows()[0]);
    });
  };

  const say = (said) => {
    const place = desk().querySelector("[data-said]");
    place.textContent = said;
    place.hidden = !said;
  };

  // Bring the next page of the list; false if there is none.
  const more = async () => {
    const link = desk().querySelector(".queue a[data-more]");
    if (!link) return false;
    const place = link.closest("[data-list]");
    link.closest(".more").remove();
    const answer = await fetch(link.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return false;
    const list = parsed(await answer.text()).querySelector("[data-list]");
    const fresh = [...(list?.querySelectorAll("[data-entry]") ?? [])].filter((row) => !rowOf(row.dataset.entry));
    fresh.forEach((row) => row.removeAttribute("aria-current"));
    place.querySelector("ul").append(...fresh);
    const further = list?.querySelector(".more");
    if (further) place.append(further);
    return fresh.length > 0 || Boolean(further);
  };

  const post = (target, body) =>
    fetch(target, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });

  const send = async (target, body, id, ids) => {
    const answer = await post(target, body);
    if (answer.status === 422) { // what was typed comes back with what is wrong about it
      ids.forEach((one) => rowOf(one)?.classList.remove("going"));
      panes.set(id, Promise.resolve(await answer.text()));
      await show(rowOf(id));
      return;
    }
    if (!answer.ok || answer.redirected) {
      location.reload();
      return;
    }
    const told = await answer.json();
    const gone = new Set(told.gone.map(String));
    if (["new", "shared"].includes(body.get("choice"))) { // there is somebody more who may be meant
      for (const known of [...panes.keys()]) if (known !== wanted) panes.delete(known);
    }
    const isShown = gone.has(current()?.dataset.entry);
    if (isShown) leave(gone);
    gone.forEach((one) => { rowOf(one)?.remove(); panes.delete(one); });
    ids.forEach((one) => rowOf(one)?.classList.remove("going"));
    desk().querySelector("[data-waiting]").textContent = told.waiting;
    if (told.said) say(told.said);
    if (rows().length < FEW) await more();
    turns();
    fetchAhead();
  };

  const decide = (form, button) => {
    const row = current();
    if (!row) return;
    const id = row.dataset.entry;
    const body = new URLSearchParams(new FormData(form));
    if (button) body.set("choice", button.value);
    const ids = new Set([id, ...body.getAll("entry")]);
    ids.forEach((one) => {
      const going = rowOf(one);
      if (!going) return;
      going.classList.add("going");
      const tick = going.querySelector("input");
      if (tick) tick.checked = false;
    });
    panes.delete(id);
    sending = sending.then(() => send(form.getAttribute("action"), body, id, ids));
    leave(ids);
  };

  const open = async (target) => {
    const answer = await fetch(target, { credentials: "same-origin" });
    const fresh = parsed(await answer.text()).querySelector("[data-desk]");
    if (!fresh) {
      location.href = target;
      return;
    }
    panes.clear();
    desk().replaceChildren(...fresh.childNodes);
    desk().className = fresh.className;
    history.replaceState(null, "", target);
    begin();
  };

  const undo = () => {
    const form = desk().querySelector("[data-undo]");
    if (!form) return;
    const body = new URLSearchParams(new FormData(form));
    sending = sending.then(async () => {
      const answer = await post(form.getAttribute("action"), body);
      if (!answer.ok) return;
      const told = await answer.json();
      if (told.entries.length) await open(`/held/${told.entries[told.entries.length - 1]}`);
      say(told.said);
    });
  };

  const turn = (by) => {
    const all = rows();
    const at = all.findIndex((row) => row.hasAttribute("aria-current"));
    const next = all[at + by];
    if (next) show(next);
  };

  const press = (choice) => {
    const form = document.getElementById("deciding");
    const button = form?.querySelector(`button[value="${choice}"]:not(.out-of-sight)`);
    if (button) decide(form, button);
  };

  const enter = (name) => {
    const fold = document.querySelector("[data-new]");
    if (!fold) return;
    fold.open = true;
    const field = fold.querySelector(`[name=${name}]`);
    field.focus();
    field.select();
  };

  const KEYS = {
    j: () => turn(1),
    k: () => turn(-1),
    x: () => current()?.querySelector("input")?.click(),
    i: () => press("ignore"),
    a: () => press("ignore-address"),
    d: () => press("ignore-domain"),
    n: () => enter("given_name"),
    s: () => enter("organisation"),
    u: undo,
    "?": () => {
      const keys = desk().querySelector("[data-keys]");
      if (keys) keys.open = !keys.open;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (!desk() || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    const candidates = document.querySelectorAll("[data-candidate]");
    const chosen = /^[1-9]$/.test(event.key) ? candidates[event.key - 1] : null;
    if (chosen) decide(chosen.form, chosen);
    else if (KEYS[event.key]) KEYS[event.key]();
    else return;
    event.preventDefault();
  });

  document.addEventListener("submit", (event) => {
    if (!desk()) return;
    if (event.target.id === "deciding") {
      event.preventDefault();
      decide(event.target, event.submitter);
    } else if (event.target.matches("[data-undo]")) {
      event.preventDefault();
      undo();
    } else if (event.target.matches("[data-look]")) {
      event.preventDefault();
      const looked = new URLSearchParams(new FormData(event.target));
      looked.set("pane", "1");
      const target = event.target.getAttribute("action").split("#")[0];
      fetch(`${target}?${looked}`, { credentials: "same-origin" })
        .then((answer) => answer.text())
        .then(put);
    }
  });

  // Before the page's own way of bringing more: only one message is the one at hand.
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!event.target.closest(".queue a[data-more]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    more();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest(".queue [data-entry] > a, [data-turn]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.turn) turn(Number(link.dataset.turn));
    else show(link.closest("[data-entry]"));
  });

  const begin = () => {
    desk().classList.add("hears");
    desk().querySelector("[data-keys]")?.removeAttribute("hidden");
    fetchAhead();
  };
  if (desk()) begin();
}
