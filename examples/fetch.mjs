// Mailjet in one process with the code that calls it: node fetch.mjs
import { startMockjet } from 'mockjet';

const mockjet = await startMockjet();
const authorization = `Basic ${btoa(`${mockjet.apiKey}:${mockjet.secretKey}`)}`;
const answer = await fetch(`${mockjet.url}/v3/REST/contact`, {
  method: 'POST',
  headers: { authorization },
  body: JSON.stringify({ Email: 'ann.lee@example.com', Name: 'Ann Lee' }),
});
console.log(answer.status, await answer.text());
await mockjet.close();
