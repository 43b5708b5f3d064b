// Mails by SMTP on 50 connections, one recipient and 4 KB of HTML each, against a bare smtp-server that discards them.
//   node bench/smtp.mjs [SECONDS_A_ROUND] [ROUNDS]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, startBare } from './support/loading.mjs';
import { reportLoads } from './support/report.mjs';
import { startServer } from './support/server.mjs';

const seconds = Number(process.argv[2] ?? 5);
const rounds = Number(process.argv[3] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'mockjet-bench-'));

const paragraph = '<p>Thank you for your order, which will be on its way tomorrow.</p>\r\n';
const mail = [
  'From: Shop <shop@example.com>',
  'Subject: Your order',
  'MIME-Version: 1.0',
  'Content-Type: text/html; charset=utf-8',
  'X-MJ-CustomID: order-{n}',
  '',
  paragraph.repeat(Math.ceil(4096 / paragraph.length)),
].join('\r\n');

for (const place of ['memory', 'disk']) {
  const flags = place === 'memory' ? [] : ['--data', join(folder, 'data')];
  const server = await startServer(['--smtp-port', '0', ...flags]);
  const bare = await startBare('smtp', {}, 'bare-smtp.mjs');
  const figures = { ours: [], limit: [] };
  // the first round warms up
  for (let round = 0; round <= rounds; round += 1) {
    for (const [side, { smtpPort: port, pid }] of [
      ['ours', server],
      ['limit', { ...bare, smtpPort: bare.port }],
    ]) {
      const wanted = { port, connections: 50, mail, user: 'bench', ms: seconds * 1000 };
      const result = await load(wanted, pid, 'smtp-loader.mjs');
      if (round > 0) figures[side].push(result);
    }
  }
  reportLoads(`SMTP, ${place}`, figures, { unit: 'mails/s' });
  await bare.stop();
  await server.stop();
}
rmSync(folder, { recursive: true });
