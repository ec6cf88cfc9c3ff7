/** Where a page keeps its key until the window is closed. */
const KEY = "minigpt-api-key";

/** The models that can be asked: [{id, root, stage}]. */
export async function listModels() {
  return (await json("v1/models")).data;
}

/** The services with their state: [{name, state, documentation}]. */
export async function listServices() {
  return (await json("api/services")).items;
}

/** Keeps an output as one to be corrected. */
export async function flag(output) {
  return json("api/flags", post(output));
}

/**
 * Asks a model and yields what arrives: {model, text, finish}.
 *
 * @param request {model, question, prompt, temperature}; a question is asked through chat, other text is continued
 */
export async function* ask(request, signal) {
  const common = { model: request.model, temperature: request.temperature, stream: true };
  const response = request.question
    ? await call("v1/chat/completions", {
        ...post({ ...common, messages: [{ role: "user", content: request.prompt }] }),
        signal,
      })
    : await call("v1/completions", { ...post({ ...common, prompt: request.prompt }), signal });
  for await (const chunk of chunks(response)) {
    if (chunk.error) {
      throw new Error(chunk.error.message);
    }
    const choice = chunk.choices[0];
    if (choice) {
      yield { model: chunk.model, text: choice.text ?? choice.delta?.content, finish: choice.finish_reason };
    }
  }
}

/**
 * Lets two models answer and yields what arrives: {battle, a, b} first, then {side, text}, {side, finish}, {side, error}.
 *
 * @param request {prompt, temperature, models, blind}
 */
export async function* battle(request) {
  yield* chunks(await call("api/arena/battles", post(request)));
}

/** Says which answer of a battle is better: a, b, tie or both_bad. Tells whose they were: {a, b}. */
export async function vote(battle, choice) {
  return json(`api/arena/battles/${battle}/vote`, post({ vote: choice }));
}

/** What all votes say: {groups: [{ratings, neverMet}], pairs}. */
export async function leaderboard() {
  return json("api/arena/leaderboard");
}

/** The events of a stream up to [DONE]. */
async function* chunks(response) {
  if (!response.ok) {
    throw new Error(await explanation(response));
  }
  for await (const data of serverSentData(response.body)) {
    if (data === "[DONE]") {
      return;
    }
    yield JSON.parse(data);
  }
  throw new Error("The answer broke off: the service ended the connection.");
}

/** The data of each server-sent event of a response; events end with an empty line. */
async function* serverSentData(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    pending += value;
    const events = pending.split(/\r?\n\r?\n/);
    pending = events.pop();
    for (const event of events) {
      const lines = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
      if (lines.length > 0) {
        yield lines.map((line) => line.slice("data:".length).replace(/^ /, "")).join("\n");
      }
    }
  }
}

/** Calls with the key that this page was given, and asks for one if the system wants it. */
async function call(path, options = {}) {
  const key = sessionStorage.getItem(KEY);
  const headers = key ? { ...options.headers, Authorization: `Bearer ${key}` } : options.headers;
  const response = await fetch(path, { ...options, headers });
  const given = response.status === 401 ? window.prompt("This system wants an API key.") : null;
  if (!given) {
    return response;
  }
  sessionStorage.setItem(KEY, given);
  return call(path, options);
}

function post(body) {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function json(path, options) {
  const response = await call(path, options);
  if (!response.ok) {
    throw new Error(await explanation(response));
  }
  return response.json();
}

/** The sentence in an error of either form: OpenAI's error object or problem details. */
async function explanation(response) {
  const text = await response.text();
  try {
    const body = JSON.parse(text);
    return body.error?.message ?? body.detail ?? body.title;
  } catch {
    return `The console answered with ${response.status}.`;
  }
}
