import * as z from 'zod';
import { type Setting, text } from './setting.ts';

/** Settings of the certificate. */
export const tlsSettings = {
  tlsName: {
    flag: '--tls-name',
    environment: 'MOCKJET_TLS_NAME',
    description:
      'More names of this server, for its certificate and the control API, separated by commas',
    schema: z
      .string()
      .optional()
      .transform((text) =>
        (text ?? '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
      ),
    byDefault: 'none',
  },
  tlsCert: {
    flag: '--tls-cert',
    environment: 'MOCKJET_TLS_CERT',
    description: 'A certificate of your own, a PEM file',
    schema: text.optional(),
    byDefault: 'made on first use',
  },
  tlsKey: {
    flag: '--tls-key',
    environment: 'MOCKJET_TLS_KEY',
    description: 'The key to it, a PEM file',
    schema: text.optional(),
    byDefault: 'made on first use',
  },
} satisfies Record<string, Setting>;
