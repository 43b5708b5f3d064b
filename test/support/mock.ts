import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, type Beside, buildApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { noteCredentials, searchedLogger } from './run-log.ts';

/** An answer, nothing left out. */
export interface Answer {
  status: number;
  reason: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface Request {
  body?: unknown;
  headers?: http.OutgoingHttpHeaders;
  /** `public:private`; '' for no credentials. */
  user?: string;
}

export interface Mock extends App {
  url: string;
  /** Sends a request over a socket of its own; an object as body becomes JSON. */
  call(method: string, path: string, request?: Request): Promise<Answer>;
  close(): Promise<void>;
}

/** A listening mock with the defaults of a test: jobs that end before their POST is answered. */
export async function startMock(
  options: Partial<Omit<Config, 'seed'>> & Beside = {},
  wantedPort = 0,
  build = buildApp,
): Promise<Mock> {
  const { seed, logger, uploadPieces, runRecords, sliceBudget, findResource, ...settings } =
    options;
  const app = await build(
    { ...readConfig([], {}), pace: 'instant', stateMs: 1, ...settings },
    {
      seed,
      logger: searchedLogger(logger),
      uploadPieces,
      runRecords,
      sliceBudget,
      findResource,
    },
  );
  await app.server.listen({ host: '127.0.0.1', port: wantedPort });
  const { port } = app.server.server.address() as AddressInfo; // it listens on TCP
  return {
    ...app,
    url: `http://127.0.0.1:${port}`,
    call: (method, path, request = {}) => send(port, method, path, request),
    close: async () => {
      await app.server.close();
    },
  };
}

function send(
  port: number,
  method: string,
  path: string,
  { body, headers = {}, user = 'public:private' }: Request,
): Promise<Answer> {
  const token = headers['x-mockjet-token'];
  if (user !== '') noteCredentials(user);
  if (token !== undefined) noteCredentials(`token:${token}`);
  const payload =
    body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
      ? body
      : JSON.stringify(body);
  const type =
    payload === undefined
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(payload) };
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        port,
        host: '127.0.0.1',
        method,
        path,
        agent: false,
        ...(user === '' ? {} : { auth: user }),
        headers: { ...type, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            // the bytes of the status line, read as UTF-8 as clients do
            reason: Buffer.from(response.statusMessage ?? '', 'latin1').toString('utf8'),
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}
