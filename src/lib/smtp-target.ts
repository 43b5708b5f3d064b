/** Where mail is passed on to. @property user '' where nobody signs in */
export interface SmtpTarget {
  host: string;
  port: number;
  /** TLS from the first byte. */
  isSecure: boolean;
  user: string;
  password: string;
}

/** Reads `smtp://host:1025` or `smtps://user:password@host`; undefined for anything else. */
export function readSmtpTarget(text: string): SmtpTarget | undefined {
  if (!/^smtps?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  if (hostname === '' || !/^\/?$/.test(pathname) || search !== '' || hash !== '') return undefined;
  const isSecure = protocol === 'smtps:';
  try {
    return {
      host: hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase(),
      port: port === '' ? (isSecure ? 465 : 25) : Number(port),
      isSecure,
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
    };
  } catch {
    return undefined; // a broken percent escape
  }
}
