// Loads a server from a process of its own, over plain sockets so that the loader is not the bottleneck.
// Forked by `load` of loading.mjs; its one argument is JSON:
//   { port, connections, requests: [text], ms, rate }
// `{n}` in a request stands for a number that is used once (six digits). Without `rate` each connection asks as
// fast as it is answered; with one, requests are due at that rate a second, whoever is still waiting.
// Ends after `ms`, or when it is told to.
import net from 'node:net';

const { port, connections, requests, ms, rate } = JSON.parse(process.argv[2]);
const latencies = [];
const bad = new Map();
let sent = 0;
let isOver = false;

const due = [];
const idle = [];

function connect() {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(connection));
    socket.setNoDelay(true);
    socket.once('error', reject);
    const connection = { socket, text: '', since: 0 };
    socket.on('data', (chunk) => {
      connection.text += chunk.toString('latin1');
      if (isWhole(connection.text)) answered(connection);
    });
  });
}

function isWhole(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0;
  return text.length >= end + 4 + Number(length);
}

function answered(connection) {
  latencies.push(performance.now() - connection.since);
  const status = connection.text.slice(9, 12);
  if (status[0] !== '2') bad.set(status, (bad.get(status) ?? 0) + 1);
  connection.text = '';
  if (rate === undefined) return isOver ? undefined : ask(connection, performance.now());
  const next = due.shift();
  if (next === undefined) idle.push(connection);
  else ask(connection, next);
}

function ask(connection, since) {
  connection.since = since;
  const request = requests[sent % requests.length];
  sent += 1;
  connection.socket.write(request.replaceAll('{n}', String(100_000 + sent)));
}

const opened = await Promise.all(Array.from({ length: connections }, connect));
const start = performance.now();
let timer;
if (rate === undefined) for (const connection of opened) ask(connection, performance.now());
else {
  idle.push(...opened);
  let made = 0;
  timer = setInterval(() => {
    for (const now = performance.now(); made < ((now - start) / 1000) * rate; made += 1) {
      const connection = idle.shift();
      if (connection === undefined) due.push(now);
      else ask(connection, now);
    }
  }, 1);
}

function stop() {
  if (isOver) return;
  isOver = true;
  clearInterval(timer);
  const seconds = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (q) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))];
  const figures = {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    p999: at(0.999),
    max: latencies.at(-1),
    bad: Object.fromEntries(bad),
  };
  process.send(figures, () => process.exit(0));
}

if (ms !== undefined) setTimeout(stop, ms);
process.on('message', stop);
process.on('disconnect', () => process.exit(1));
