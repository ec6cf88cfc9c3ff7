import { ask, flag, listModels, listServices } from "./api.js";

const REFRESH_MS = 10_000;

const byId = (id) => document.getElementById(id);
const model = byId("model");
const prompt = byId("prompt");
const temperature = byId("temperature");
const answer = byId("answer");
const note = byId("note");

/** What can be asked; null until the first answer. */
let models = null;
/** The running generation's AbortController; null when none runs. */
let running = null;
/** What the answer on the page came from, for a flag; null when there is none. */
let shown = null;

function showError(text) {
  byId("error").textContent = text ?? "";
  byId("error").hidden = !text;
}

function chosen() {
  return models?.find((candidate) => candidate.id === model.value);
}

function answersQuestions() {
  return chosen()?.stage === "sft";
}

function updateControls() {
  const busy = running !== null;
  byId("submit").disabled = busy || !chosen();
  byId("stop").disabled = !busy;
  byId("flag").disabled = busy || shown === null || shown.answer === "";
  answer.setAttribute("aria-busy", String(busy));
  byId("prompt-label").textContent = chosen() ? (answersQuestions() ? "Question" : "Beginning of the text") : "Prompt";
}

function group(label, members) {
  const options = document.createElement("optgroup");
  options.label = label;
  for (const member of members) {
    const name = member.root && member.root !== member.id ? `${member.id} (${member.root})` : member.id;
    options.append(new Option(name, member.id));
  }
  return options;
}

async function refreshModels() {
  try {
    const found = await listModels();
    if (JSON.stringify(found) === JSON.stringify(models) && !byId("error").dataset.models) {
      return;
    }
    models = found;
    const before = model.value;
    const tuned = models.filter((candidate) => candidate.stage === "sft");
    const pretrained = models.filter((candidate) => candidate.stage !== "sft");
    model.replaceChildren();
    if (tuned.length > 0) {
      model.append(group("Fine-tuned: answers questions", tuned));
    }
    if (pretrained.length > 0) {
      model.append(group("Pretrained: continues text", pretrained));
    }
    if (models.some((candidate) => candidate.id === before)) {
      model.value = before;
    }
    model.disabled = models.length === 0;
    delete byId("error").dataset.models;
    showError(null);
    if (models.length === 0) {
      byId("error").dataset.models = "none";
      showError("There is no model yet. Train one, for example with “make demo”; this page notices when it is served.");
    }
  } catch (failure) {
    byId("error").dataset.models = "failed";
    showError(failure.message);
  }
  updateControls();
}

async function refreshServices() {
  const line = byId("services");
  try {
    const services = await listServices();
    line.replaceChildren("Services: ");
    services.forEach((service, index) => {
      const link = document.createElement("a");
      link.className = `state ${service.state}`;
      link.href = service.documentation;
      link.title = `${service.name} is ${service.state}; its interface`;
      link.textContent = service.name;
      link.setAttribute("aria-label", `${service.name}: ${service.state}`);
      line.append(index === 0 ? "" : "  ", link);
    });
  } catch (failure) {
    line.textContent = `Services: ${failure.message}`;
  }
}

async function refresh() {
  await Promise.all([running === null ? refreshModels() : null, refreshServices()]);
  setTimeout(refresh, REFRESH_MS);
}

async function submit() {
  if (running !== null || !chosen()) {
    return;
  }
  if (prompt.value.trim() === "") {
    showError("Write something first.");
    prompt.focus();
    return;
  }
  const request = {
    model: model.value,
    question: answersQuestions(),
    prompt: prompt.value,
    temperature: Number(temperature.value),
  };
  running = new AbortController();
  const output = { model: request.model, prompt: request.prompt, temperature: request.temperature, answer: "" };
  shown = output;
  showError(null);
  closeFlag();
  note.textContent = "";
  answer.replaceChildren();
  if (!request.question) {
    const echo = document.createElement("span");
    echo.className = "prompt";
    echo.textContent = request.prompt;
    answer.append(echo);
  }
  const text = document.createTextNode("");
  answer.append(text);
  updateControls();
  try {
    for await (const piece of ask(request, running.signal)) {
      output.model = piece.model ?? output.model;
      output.answer += piece.text ?? "";
      text.data = output.answer;
      if (piece.finish) {
        note.textContent = finished(piece.finish, output.model);
      }
    }
  } catch (failure) {
    if (failure.name === "AbortError") {
      note.textContent = "Stopped.";
    } else {
      showError(failure.message);
    }
  } finally {
    running = null;
    updateControls();
  }
}

function finished(reason, name) {
  return reason === "length" ? `${name}; cut off at the longest allowed length.` : name;
}

function clear() {
  running?.abort();
  shown = null;
  prompt.value = "";
  answer.replaceChildren();
  note.textContent = "";
  showError(null);
  closeFlag();
  updateControls();
  prompt.focus();
}

function closeFlag() {
  byId("flag-form").hidden = true;
  byId("flag").setAttribute("aria-expanded", "false");
  byId("reason").value = "";
}

function openFlag() {
  byId("flag-form").hidden = false;
  byId("flag").setAttribute("aria-expanded", "true");
  byId("reason").focus();
}

async function sendFlag() {
  try {
    await flag({ ...shown, reason: byId("reason").value });
    closeFlag();
    showError(null);
    note.textContent = "Flagged. Thank you: it is kept for correction.";
  } catch (failure) {
    showError(failure.message);
  }
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
prompt.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
temperature.addEventListener("input", () => {
  byId("temperature-value").textContent = Number(temperature.value).toFixed(2);
});
model.addEventListener("change", updateControls);
byId("stop").addEventListener("click", () => running?.abort());
byId("clear").addEventListener("click", clear);
byId("flag").addEventListener("click", () => (byId("flag-form").hidden ? openFlag() : closeFlag()));
byId("flag-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sendFlag();
});

updateControls();
refresh();
