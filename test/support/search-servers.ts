import { searchServers } from './run-log.ts';

searchServers();
