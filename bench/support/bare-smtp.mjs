// A bare smtp-server that lets everybody in and throws mails away. Forked by `startBare`.
import { SMTPServer } from 'smtp-server';

const server = new SMTPServer({
  logger: false,
  allowInsecureAuth: true,
  disableReverseLookup: true,
  onAuth: ({ username }, _session, callback) => callback(null, { user: username }),
  onData(stream, _session, callback) {
    stream.resume();
    stream.on('end', () => callback(null, 'OK queued'));
  },
});
// a client that leaves in the middle of a mail
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => process.send(server.server.address().port));
