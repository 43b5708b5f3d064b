// Loads an SMTP server from a process of its own, over plain sockets. Forked by `startLoad`; its first message is:
//   { port, connections, mail, user, ms }
// Each connection signs in, and hands in one mail after the other, each command after the reply to the one before, as
// nodemailer and others do. `{n}` in the mail stands for a number that is used once; recipients are a thousand.
import { once } from 'node:events';
import net from 'node:net';

const [{ port, connections, mail, user, ms }] = await once(process, 'message');
const latencies = [];
const bad = new Map();
let sent = 0;
let isOver = false;

/** A connection that has signed in: sends a text and resolves to the reply. */
async function open() {
  const socket = net.connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let text = '';
  let told;
  const look = () => {
    if (told === undefined || !/^\d{3} .*\r\n/m.test(text)) return;
    const tell = told;
    const reply = text;
    text = '';
    told = undefined;
    tell(reply);
  };
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    look();
  });
  const reply = () =>
    new Promise((resolve) => {
      told = resolve;
      look();
    });
  const ask = (request) => {
    const answered = reply();
    socket.write(request);
    return answered;
  };
  await reply();
  await ask('EHLO bench.example\r\n');
  await ask(`AUTH PLAIN ${Buffer.from(`\0${user}\0secret`).toString('base64')}\r\n`);
  return ask;
}

async function work(ask) {
  while (!isOver) {
    const since = performance.now();
    sent += 1;
    const data = mail.replaceAll('{n}', String(sent));
    await ask('MAIL FROM:<shop@example.com>\r\n');
    await ask(`RCPT TO:<to${sent % 1000}@example.com>\r\n`);
    await ask('DATA\r\n');
    const reply = await ask(`${data}\r\n.\r\n`);
    latencies.push(performance.now() - since);
    const code = reply.slice(0, 3);
    if (code !== '250') bad.set(code, (bad.get(code) ?? 0) + 1);
  }
}

const opened = await Promise.all(Array.from({ length: connections }, open));
process.send('open');
const start = performance.now();
for (const ask of opened) work(ask);

setTimeout(() => {
  isOver = true;
  const seconds = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (q) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))];
  const figures = {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p99: at(0.99),
    bad: Object.fromEntries(bad),
  };
  process.send(figures, () => process.exit(0));
}, ms);
process.on('disconnect', () => process.exit(1));
