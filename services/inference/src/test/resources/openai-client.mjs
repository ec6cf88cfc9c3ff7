// What OpenAI's JavaScript client understands of the service at an address, as one line of JSON.
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'none', maxRetries: 0 });
const question = { model: 'script', messages: [{ role: 'user', content: '你好吗？' }] };
const text = { model: 'script:1', prompt: '你' };

async function collect(stream, piece) {
  let all = '';
  let usage;
  for await (const chunk of stream) {
    all += chunk.choices.map(piece).join('');
    usage = chunk.usage ?? usage;
  }
  return { text: all, tokens: usage?.completion_tokens };
}

const chat = await client.chat.completions.create({ ...question, n: 2, logprobs: true, top_logprobs: 1, seed: 7 });
const completion = await client.completions.create({ ...text, echo: true, max_tokens: 2 });
const streamedChat = await collect(
  await client.chat.completions.create({ ...question, stream: true, stream_options: { include_usage: true } }),
  choice => choice.delta.content ?? '');
const streamedText = await collect(
  await client.completions.create({ ...text, stream: true }),
  choice => choice.text);
const models = [];
for await (const model of client.models.list()) {
  models.push(model.id);
}
const model = await client.models.retrieve('script');
const unknown = await client.chat.completions.create({ ...question, model: 'nobody' }).catch(error => error);
const refused = await client.completions.create({ ...text, temperature: 3 }).catch(error => error);

console.log(JSON.stringify({
  chat: chat.choices.map(choice => ({
    content: choice.message.content,
    finish: choice.finish_reason,
    probabilities: choice.logprobs.content.map(token => token.top_logprobs.length),
  })),
  tokens: chat.usage.completion_tokens,
  completion: completion.choices[0].text,
  streamedChat,
  streamedText,
  models,
  owner: model.owned_by,
  unknown: { name: unknown.constructor.name, status: unknown.status, code: unknown.code, message: unknown.message },
  refused: { name: refused.constructor.name, status: refused.status, param: refused.param },
}));
