/* Attendance on a phone: one tap is one save. What could not be sent stays in this tab, with the time of the tap. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-attendance]");
  if (!form) return;
  const key = "attendance:" + form.dataset.attendance;
  const read = () => { try { return JSON.parse(sessionStorage.getItem(key) || "{}"); } catch { return {}; } };
  const write = () => { try { sessionStorage.setItem(key, JSON.stringify(kept)); } catch { /* full or blocked: it is sent all the same */ } };
  const kept = read();  // enrolment: {present, at}
  const radios = (id) => form.elements["present-" + id];
  const put = (id, value) => { for (const radio of radios(id)) radio.checked = radio.value === value; };
  const say = (id, text, late) => {
    const place = document.getElementById("state-" + id);
    place.textContent = text; place.className = late ? "saved saved--late" : "saved saved--ok";
  };
  const state = (text) => { document.getElementById("attendance-state").textContent = text; };
  let busy = false;

  async function send() {
    const sent = { ...kept };
    if (busy || !Object.keys(sent).length) return;
    busy = true;
    const body = new URLSearchParams({ day: form.elements.day.value });
    for (const [id, tap] of Object.entries(sent)) { body.set("present-" + id, tap.present); body.set("at-" + id, tap.at); }
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { "HX-Request": "true", "X-CSRFToken": form.elements._csrf_token.value },
      });
      if (answer.status === 401) state(form.dataset.signedOut);
      else if ([404, 409, 422].includes(answer.status)) settle(sent, {});  // it would be refused again
      else if (!answer.ok) state(form.dataset.refused);
      else settle(sent, await answer.json());
    } catch { state(form.dataset.offline); }
    busy = false;
    if (Object.entries(kept).some(([id, tap]) => sent[id]?.at !== tap.at)) send();  // tapped while it was on its way
  }

  // What was sent is not sent again. Of whom the answer says nothing, nothing was written down: they are as before.
  function settle(sent, { saved, present = {} }) {
    let refused = false;
    for (const [id, tap] of Object.entries(sent)) {
      if (kept[id]?.at !== tap.at) continue;  // tapped again meanwhile
      delete kept[id];
      const was = form.elements["was-" + id];
      if (id in present) { was.value = present[id] ? "yes" : "no"; say(id, saved, false); }
      else { refused = true; say(id, form.dataset.notTaken, true); }
      put(id, was.value);
    }
    write(); state(refused ? form.dataset.refused : "");
  }

  form.addEventListener("change", (e) => {
    const id = e.target.dataset?.enrolment;
    if (!id) return;
    kept[id] = { present: e.target.value, at: Date.now() };
    write(); say(id, form.dataset.unsent, true); send();
  });
  // Everybody of whom nothing is written down: the same taps, so that this works without a connection too.
  form.addEventListener("submit", (e) => {
    if (e.submitter?.name !== "rest") return;
    e.preventDefault();
    for (const first of form.querySelectorAll('fieldset:not(:disabled) input[value="yes"]')) {
      const id = first.dataset.enrolment;
      if ([...radios(id)].some((radio) => radio.checked)) continue;
      put(id, "yes"); kept[id] = { present: "yes", at: Date.now() }; say(id, form.dataset.unsent, true);
    }
    write(); send();
  });
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  for (const [id, tap] of Object.entries(kept)) {
    if (!radios(id)) { delete kept[id]; continue; }
    put(id, tap.present); say(id, form.dataset.unsent, true);
  }
  addEventListener("online", send);
  setInterval(send, 10000);
  send();
})();
