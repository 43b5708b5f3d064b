import { Client, Request } from 'node-mailjet';
import { afterAll, beforeAll, it } from 'vitest';
import { guideSteps } from '../support/guide.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'timed', stateMs: 2 });
  Object.assign(Request, { protocol: 'http://' }); // its type says that it is always https
});
afterAll(() => mock.close());

/** What the client throws for an answer that is an error. */
interface Refusal {
  statusCode: number;
  response: { data: unknown };
}

it('walks the guide in order with node-mailjet', async () => {
  const host = mock.url.replace('http://', '');
  const client = Client.apiConnect('public', 'private', { config: { host, version: 'v3' } });
  await guideSteps(async (method, path, body = {}) => {
    const [module, resource = '', ...rest] = path.split('/');
    if (rest.includes('JSONError')) return fetchPlainly(path);
    const output = path.includes('CSVError') ? 'text' : 'json';
    const request = client[method === 'GET' ? 'get' : 'post'](resource, { output });
    // below DATA the client writes the type itself
    for (const part of module === 'DATA' ? rest.slice(0, 2) : rest)
      if (/^\d+$|@/.test(part)) request.id(part);
      else request.action(part);
    try {
      const { response } = await request.request(body as Record<string, unknown>); // text is taken too
      return { status: response.status, body: response.data };
    } catch (error) {
      const { statusCode, response } = error as Refusal; // all else fails the test
      return { status: statusCode, body: response.data };
    }
  });
});

/** The client has no way to an error file of JSON; its users fetch the URL that the job shows. */
async function fetchPlainly(path: string) {
  const authorization = `Basic ${Buffer.from('public:private').toString('base64')}`;
  const answer = await fetch(`${mock.url}/v3/${path}`, { headers: { authorization } });
  return { status: answer.status, body: await answer.json() };
}
