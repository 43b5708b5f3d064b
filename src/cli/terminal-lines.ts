/** A line of the log, as pino writes it. */
interface LogRecord {
  level: number;
  time: number;
  msg: string;
  [name: string]: unknown;
}

/** Colours a text, or leaves it as it is. */
type Paint = (text: string, colour: keyof typeof colours) => string;

const colours = { red: 31, green: 32, yellow: 33, cyan: 36, grey: 90 } as const;
const levels: Readonly<Record<number, readonly [string, keyof typeof colours]>> = {
  40: ['warning', 'yellow'],
  50: ['error', 'red'],
  60: ['error', 'red'],
};
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/**
 * Whether a stream is for a person who sees colours: a terminal, unless `NO_COLOR` is set (https://no-color.org) or it
 * says that it has none.
 */
export function isColoured(
  { isTTY }: { isTTY?: boolean },
  { NO_COLOR, TERM }: NodeJS.ProcessEnv,
): boolean {
  return isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

/**
 * A line of the log for a person: one line a request, with the reason where it was refused.
 * @param line JSON of pino
 * @returns '' for what says nothing new
 */
export function terminalLine(line: string, hasColours: boolean): string {
  const paint: Paint = hasColours
    ? (text, colour) => `\x1b[${colours[colour]}m${text}\x1b[39m`
    : (text) => text;
  const record = JSON.parse(line) as LogRecord; // pino's own
  // Fastify says once for each address what the start line says
  if (record.msg.startsWith('Server listening at ')) return '';
  const time = paint(clock.format(record.time), 'grey');
  if (record.msg === 'request') return `${time} ${request(record, paint)}\n`;
  if (record.msg === 'ready') return `${time} ${ready(record, paint)}\n`;
  return `${time} ${message(record, paint)}\n`;
}

function request(record: LogRecord, paint: Paint): string {
  const { method, path, status, ms, operation, dropped, reason } = record;
  const colour = Number(status) >= 500 ? 'red' : Number(status) >= 400 ? 'yellow' : 'green';
  const parts = [
    `${shown(method)} ${shown(path)}`,
    paint(shown(status), colour),
    paint(`${Math.round(Number(ms))} ms`, 'grey'),
    shown(operation),
    dropped === undefined ? '' : paint(`mail dropped: ${shown(dropped)}`, 'yellow'),
    reason === undefined ? '' : paint(shown(reason), colour),
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** Where it is, who gets in, and what is kept. */
function ready({ url, smtpUrl, smtpsUrl, data, onlyKey }: LogRecord, paint: Paint): string {
  const addresses = [url, smtpUrl, smtpsUrl].filter((each) => each !== undefined);
  const who = onlyKey === undefined ? 'any key pair' : `the key ${shown(onlyKey)}`;
  const kept =
    data === 'memory' ? 'accounts in memory, gone at the end' : `accounts in ${shown(data)}`;
  const where = addresses.map((each) => paint(shown(each), 'cyan')).join(' and ');
  return `Mockjet listens on ${where} for ${who}; ${kept}`;
}

function message({ level, msg, err, time, pid, hostname, ...rest }: LogRecord, paint: Paint) {
  const [word, colour] = levels[level] ?? ['', 'grey'];
  const details = Object.entries(rest).map(([name, value]) => `${name}: ${shown(value)}`);
  const stack = (err as { stack?: string } | undefined)?.stack; // as pino writes an Error
  return [
    ...(word === '' ? [] : [paint(word, colour)]),
    shown(msg),
    ...(details.length === 0 ? [] : [paint(`(${details.join(', ')})`, 'grey')]),
    ...(stack === undefined ? [] : [`\n${stack}`]),
  ].join(' ');
}

/** A path or a reason is a caller's text, which must not steer the terminal. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
