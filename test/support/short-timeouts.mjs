// Loaded before the program: no setting shortens the five minutes that a client has for its request.
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const { createServer } = http;
const short = { headersTimeout: 400, requestTimeout: 400, connectionsCheckingInterval: 50 };
http.createServer = (options, ...rest) => createServer({ ...options, ...short }, ...rest);
syncBuiltinESMExports();
