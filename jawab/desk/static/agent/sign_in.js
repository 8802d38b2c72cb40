// Signs an agent in; the answer's cookie opens /desk.

import { Api } from "./api.js";

const form = document.querySelector("#sign-in");
const problem = document.querySelector("#problem");
const api = new Api(form.dataset.lang);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  problem.hidden = true;
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const { login, password } = Object.fromEntries(new FormData(form));
    await api.post("/session", { login, password, cookie: true });
    location.assign(`/desk?lang=${form.dataset.lang}`);
  } catch (error) {
    problem.textContent = (error.status && error.message) || form.dataset.unreachable;
    problem.hidden = false;
    button.disabled = false;
    form.password.select();
  }
});
