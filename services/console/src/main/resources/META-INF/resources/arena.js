import { battle, leaderboard, listModels, vote } from "./api.js";

const byId = (id) => document.getElementById(id);
const SIDES = ["a", "b"];
const ANY = "";

/** The battle on the page that waits for a vote; null when there is none. */
let open = null;

function showError(text) {
  byId("error").textContent = text ?? "";
  byId("error").hidden = !text;
}

function allowVotes(allowed) {
  byId("votes")
    .querySelectorAll("button")
    .forEach((button) => {
      button.disabled = !allowed;
    });
}

function name(side, model) {
  byId(`name-${side}`).textContent = model ? `${side.toUpperCase()}: ${model}` : side.toUpperCase();
}

async function refreshModels() {
  try {
    const models = await listModels();
    for (const side of SIDES) {
      byId(`model-${side}`).replaceChildren(
        new Option("Any", ANY),
        ...models.map((model) => new Option(model.id, model.id)),
      );
    }
  } catch (failure) {
    showError(failure.message);
  }
}

/** The chosen models, none for any two. */
function chosen() {
  const models = SIDES.map((side) => byId(`model-${side}`).value);
  if (models.every((model) => model === ANY)) {
    return [];
  }
  if (models.includes(ANY)) {
    throw new Error("Choose both models, or leave both to chance.");
  }
  return models;
}

async function begin() {
  showError(null);
  byId("note").textContent = "";
  byId("battle").disabled = true;
  allowVotes(false);
  open = null;
  try {
    const models = chosen();
    const request = { prompt: byId("prompt").value, temperature: Number(byId("temperature").value) };
    const wanted = models.length > 0 ? { ...request, models, blind: false } : request;
    SIDES.forEach((side) => {
      name(side);
      byId(`answer-${side}`).textContent = "";
    });
    for await (const said of battle(wanted)) {
      show(said);
    }
    allowVotes(open !== null);
  } catch (failure) {
    showError(failure.message);
  } finally {
    byId("battle").disabled = false;
  }
}

function show(said) {
  if (said.battle) {
    open = said.battle;
    SIDES.forEach((side) => name(side, said[side]));
  } else if (said.error) {
    open = null;
    throw new Error(`${said.side.toUpperCase()}: ${said.error}`);
  } else if (said.text) {
    byId(`answer-${said.side}`).append(said.text);
  }
}

async function cast(choice) {
  allowVotes(false);
  try {
    const voted = await vote(open, choice);
    SIDES.forEach((side) => name(side, voted[side]));
    byId("note").textContent = "Counted. Thank you.";
    open = null;
    await refreshLeaderboard();
  } catch (failure) {
    showError(failure.message);
  }
}

function row(kind, cells) {
  const line = document.createElement("tr");
  for (const cell of cells) {
    const field = document.createElement(kind);
    field.textContent = cell;
    line.append(field);
  }
  return line;
}

function table(heading, rows) {
  const board = document.createElement("table");
  board.append(row("th", heading), ...rows.map((cells) => row("td", cells)));
  return board;
}

function line(text) {
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = text;
  return hint;
}

async function refreshLeaderboard() {
  try {
    const board = await leaderboard();
    const shown = board.groups.flatMap((group) => [
      table(
        ["Model", "Rating", "95 % interval", "Battles"],
        group.ratings.map((each) => [
          each.model,
          each.rating.toFixed(0),
          `${each.low.toFixed(0)} to ${each.high.toFixed(0)}`,
          each.battles,
        ]),
      ),
      ...group.neverMet.map(([one, other]) => line(`${one} and ${other} never met; others compare them.`)),
    ]);
    if (board.groups.length > 1) {
      shown.push(line("Models of different tables have no battle that connects them and cannot be compared."));
    }
    if (board.pairs.length > 0) {
      shown.push(
        table(
          ["Pair", "Temperature", "First won", "Second won", "Ties", "Both bad"],
          board.pairs.map((pair) => [
            `${pair.a} : ${pair.b}`,
            pair.temperature,
            pair.winsA,
            pair.winsB,
            pair.ties,
            pair.bothBad,
          ]),
        ),
      );
    } else {
      shown.push(line("No votes yet."));
    }
    byId("leaderboard").replaceChildren(...shown);
  } catch (failure) {
    byId("leaderboard").replaceChildren(line(failure.message));
  }
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  begin();
});
byId("temperature").addEventListener("input", () => {
  byId("temperature-value").textContent = Number(byId("temperature").value).toFixed(2);
});
byId("votes").addEventListener("click", (event) => {
  if (event.target.dataset.vote) {
    cast(event.target.dataset.vote);
  }
});

refreshModels();
refreshLeaderboard();
