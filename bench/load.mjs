// How long one caller can hold up another, and how much memory it can make the server take: the worst calls within the
// limits, one after the other, of every route.
//   node bench/load.mjs [FAMILY ...] [--only TEXT]       families: readers, resources, contacts, sending, control
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { report } from './support/report.mjs';
import { memoryOf, peakMemoryOf, startServer, waitForJob } from './support/server.mjs';
import { families } from './support/worst-calls.mjs';

const [mostWait, mostMemory] = [500, 400];
const megabyte = 1024 * 1024;

const given = process.argv.slice(2);
const only = given.includes('--only') ? given[given.indexOf('--only') + 1] : undefined;
const names = given.filter((each) => each in families);

for (const name of names.length > 0 ? names : Object.keys(families)) {
  const server = await startServer();
  const ids = await fill(server);
  const other = fork(fileURLToPath(new URL('support/other-caller.mjs', import.meta.url)), [
    server.port,
  ]);
  await pause(500);
  const idle = memoryOf(server.pid);
  const figures = [];
  for (const call of families[name](ids)) {
    const title = `${call.method} ${call.path.slice(0, 60)}: ${call.what}`;
    if (only !== undefined && !title.includes(only)) continue;
    figures.push({ title, ...(await measure(server, other, call, idle)) });
    if (process.env.VERBOSE) console.error(JSON.stringify(figures.at(-1)));
  }
  other.kill();
  await server.stop();
  tell(name, figures);
}

/** What one call costs the other caller, and the most that the process took meanwhile, above idle. */
async function measure(server, other, call, idle) {
  writeFileSync(`/proc/${server.pid}/clear_refs`, '5'); // the peak begins anew
  const before = memoryOf(server.pid);
  other.send('begin');
  const start = performance.now();
  const busy = processorOf(server.pid);
  const answer = await server.call(call.method, call.path, call.body, call.type);
  let { status } = answer;
  if (call.next !== undefined && status < 300) {
    const next = call.next(answer.text);
    const made = await server.call(next.method, next.path, next.body);
    status = `${status}, ${made.status}`;
    if (made.status < 300)
      await waitForJob(server, `/v3/REST/${next.job}/${made.json().Data[0].ID}`, start).catch(
        (error) => {
          status += `, ${error.message}`;
        },
      );
  }
  const ms = performance.now() - start;
  const cpu = processorOf(server.pid) - busy;
  // jobs that a call began
  await pause(100);
  other.send('end');
  const [{ longest }] = await once(other, 'message');
  return {
    status,
    ms,
    cpu,
    longest,
    memory: (peakMemoryOf(server.pid) - before) / megabyte,
    total: (peakMemoryOf(server.pid) - idle) / megabyte,
  };
}

/** An account with one of each thing that has a list, and contacts with long values. */
async function fill(server) {
  const post = async (path, body) => (await server.call('POST', path, JSON.stringify(body))).json();
  const property = 'p0';
  const properties = Array.from({ length: 150 }, (_, i) => ({ name: `p${i}` }));
  const value = 'x'.repeat(60_000);
  for (let from = 0; from < 400; from += 100)
    await post('/_mockjet/seed', {
      properties: from === 0 ? properties : [],
      contacts: Array.from({ length: 100 }, (_, i) => ({
        email: `r${from + i}@example.com`,
        properties: { [property]: value },
      })),
    });
  await post('/v3/REST/contact', { Email: 'ann@example.com' });
  await post('/v3/REST/contactfilter', { Name: 'some', Expression: `${property}="a"` });
  const { Data } = await post('/v3/REST/contact/managemanycontacts', { Contacts: [] });
  const ids = { property, job: Data?.[0]?.JobID };
  for (const name of [
    'contact',
    'contactslist',
    'contactfilter',
    'contactmetadata',
    'listrecipient',
    'sender',
    'apikey',
  ]) {
    const answer = await server.call('GET', `/v3/REST/${name}?Limit=1`);
    ids[name] = answer.json().Data[0]?.ID;
  }
  return { ...ids, contactdata: 'ann@example.com' };
}

/** Each call beyond the aims, and the worst of the family. */
function tell(name, figures) {
  const worst = (figure) => figures.toSorted((a, b) => b[figure] - a[figure])[0];
  const line = ({ title, status, ms, cpu }) =>
    `${title} (${status} after ${ms.toFixed(0)} ms, ${cpu} of the thread)`;
  const [wait, memory] = [worst('longest'), worst('memory')];
  for (const each of figures)
    if (each.longest > mostWait || each.memory > mostMemory)
      console.error(
        `above: ${each.longest.toFixed(0)} ms, ${each.memory.toFixed(0)} MB: ${line(each)}`,
      );
  report({
    bench: `${name}, longest wait of another caller in ${figures.length} calls`,
    ours: wait.longest,
    unit: 'ms',
    aim: { text: `below ${mostWait} ms`, met: wait.longest < mostWait },
    note: line(wait),
  });
  report({
    bench: `${name}, memory above idle`,
    ours: memory.memory,
    unit: 'MB',
    aim: { text: `below ${mostMemory} MB`, met: memory.memory < mostMemory },
    note: line(memory),
  });
}

/** Processor time that the server's main thread has had, milliseconds: it depends less on what else runs here. */
function processorOf(pid) {
  const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
