// Starts the built server for a benchmark, and talks to it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A running server: `call` for one request, `memory` for its resident bytes, `stop` to end it. */
export async function startServer(flags = []) {
  const child = spawn(process.execPath, [main, '--port', '0', '--log-level', 'info', ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port, smtpPort] = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text = (text + chunk).slice(-10_000);
      const ready = /"url":"http:\/\/[^:]+:(\d+)"(?:,"smtpUrl":"smtp:\/\/[^:]+:(\d+)")?/.exec(text);
      if (ready) resolve([Number(ready[1]), Number(ready[2])]);
    });
    child.once('exit', () => reject(new Error('the server did not start')));
  });
  const agent = new http.Agent({ keepAlive: true });
  const headers = { authorization: `Basic ${Buffer.from('bench:secret').toString('base64')}` };
  return {
    port,
    smtpPort,
    pid: child.pid,
    headers,
    memory: () => memoryOf(child.pid),
    call: (method, path, body, type = 'application/json') =>
      request(
        {
          port,
          agent,
          method,
          path,
          headers: {
            ...headers,
            ...(body ? { 'content-type': type, 'content-length': Buffer.byteLength(body) } : {}),
          },
        },
        body,
      ),
    async stop() {
      agent.destroy();
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** Resident memory of a process, bytes. */
export function memoryOf(pid) {
  return (
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  );
}

/** Peak resident memory of a process, bytes. */
export function peakMemoryOf(pid) {
  return (
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  );
}

export function request(options, body) {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: '127.0.0.1', ...options }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode, text, json: () => JSON.parse(text) });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Uploads a CSV into the account's list, imports it, and waits for the end; returns the job and the seconds it took. */
export async function importCsv(server, csv, method = 'addnoforce') {
  const { list, upload } = await uploadCsv(server, csv);
  return runImport(server, list, upload, method);
}

export async function uploadCsv(server, csv) {
  const list = (await server.call('GET', '/v3/REST/contactslist')).json().Data[0].ID;
  const upload = await server.call(
    'POST',
    `/v3/DATA/contactslist/${list}/CSVData/text:plain`,
    csv,
    'text/plain',
  );
  return { list, upload: upload.json().ID };
}

export async function runImport(server, list, upload, method = 'addnoforce') {
  const start = performance.now();
  const made = await server.call(
    'POST',
    '/v3/REST/csvimport',
    JSON.stringify({ ContactsListID: list, DataID: upload, Method: method }),
  );
  return waitForJob(server, `/v3/REST/csvimport/${made.json().Data[0].ID}`, start);
}

export async function waitForJob(server, path, start) {
  for (;;) {
    const [job] = (await server.call('GET', path)).json().Data;
    if (['Completed', 'Error', 'Abort'].includes(job.Status)) {
      if (job.Status !== 'Completed') throw new Error(`the job ended in ${job.Status}`);
      return { job, seconds: (performance.now() - start) / 1000 };
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
