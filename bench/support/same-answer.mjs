import http from 'node:http';

/** What a server answered, for a bare one to say the same: status, phrase, headers, body. */
export function fetchAnswer(port, method, path, authorization, body) {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization,
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    const sent = http.request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('end', () => {
        const { date: _date, connection: _connection, ...kept } = answer.headers;
        resolve({
          status: answer.statusCode,
          phrase: answer.statusMessage,
          headers: kept,
          body: text,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
