/** A customer's URL, taken apart. @property authorization value of the header; undefined where nobody signs in */
export interface WebhookTarget {
  /** Without credentials. */
  url: URL;
  /** As `isLocalHost` takes it. */
  host: string;
  authorization: string | undefined;
}

/** Takes a URL apart; its credentials go into the header `Authorization` (documented). */
export function readWebhookTarget(text: string): WebhookTarget {
  const url = new URL(text);
  const { username, password, hostname } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  const signIn = `${decoded(username)}:${decoded(password)}`;
  return {
    url,
    host: hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase(),
    authorization: signIn === ':' ? undefined : `Basic ${Buffer.from(signIn).toString('base64')}`,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a broken percent escape is sent as it stands
  }
}

/** A URL as it may be shown: with *** for its credentials. */
export function shownUrl(text: string): string {
  return text.replace(/^(https?:\/\/)[^/?#]*@/i, '$1***@');
}
