import { afterAll, beforeAll, it } from 'vitest';
import { guideSteps } from '../support/guide.ts';
import { type Mock, startMock } from '../support/mock.ts';

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ pace: 'timed', stateMs: 2 });
});
afterAll(() => mock.close());

it('walks the guide in order with raw HTTP', async () => {
  await guideSteps(async (method, path, body, type = 'application/json') => {
    const payload = typeof body === 'string' ? body : body && JSON.stringify(body);
    const answer = await mock.call(method, `/v3/${path}`, {
      ...(payload === undefined
        ? {}
        : {
            body: payload,
            headers: { 'Content-Type': type, 'Content-Length': Buffer.byteLength(payload) },
          }),
    });
    const isJson = answer.headers['content-type'] === 'application/json';
    return { status: answer.status, body: isJson ? JSON.parse(answer.body) : answer.body };
  });
});
