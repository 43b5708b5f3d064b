// Another caller of a server: looks at its own contacts, again and again, and tells how long it waited at most.
//   fork(here, [PORT]); send 'begin', then 'end': it answers { longest } in milliseconds
import http from 'node:http';

const [port] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const path = '/v3/REST/contact?Limit=10';
let longest = 0;
let asked;

process.on('message', (message) => {
  if (message === 'begin') longest = 0;
  // a call that has not been answered yet has waited as well: its answer is waited for
  else asked = () => process.send({ longest });
});

for (;;) {
  const start = performance.now();
  await look();
  longest = Math.max(longest, performance.now() - start);
  asked?.();
  asked = undefined;
  await new Promise((resolve) => setTimeout(resolve, 4));
}

function look() {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', agent, path, auth: 'other:secret' };
    http.get(options, (answer) => answer.resume().once('end', resolve)).once('error', reject);
  });
}
