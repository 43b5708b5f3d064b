// Preloaded into a client's process: api.mailjet.com:443 is the mock, as a network alias or /etc/hosts would
// have it. Names, certificates and everything above TCP stay as they are.
const { Socket } = require('node:net');

const { connect } = Socket.prototype;
const port = Number(process.env.MOCK_PORT);

Socket.prototype.connect = function connectMapped(...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  if (options.host === 'api.mailjet.com' && Number(options.port) === 443) {
    Object.assign(options, { host: '127.0.0.1', port });
  }
  return connect.apply(this, args);
};
