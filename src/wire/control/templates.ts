import * as z from 'zod';
import { ControlError } from '../../control/control-error.ts';
import type { JsonObject } from '../../lib/json.ts';
import { emptyDraft } from '../../mail/draft.ts';
import type { ControlRoute } from './route.ts';
import { templateError } from './shown-mail.ts';
import { accountRoute } from './typed-route.ts';

const part = z.string().default('');
const object = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'is to be an object',
);

const wanted = z.strictObject({
  templateId: z.union([z.number().int().min(1), z.string().regex(/^\d{1,18}$/)]).optional(),
  subject: part,
  html: part,
  text: part,
  variables: object.default({}),
  contact: z.union([z.email(), object]).optional(),
});

export const templateRoutes: readonly ControlRoute[] = [
  accountRoute({
    method: 'POST',
    path: '/templates/render',
    description:
      'Renders parts, or a stored template (`templateId`) with these parts in place of its own, and sends nothing: `variables` are those of a mail, `contact` the address of a contact or its properties.',
    example: `-d '{"html":"Hi {{var:nme}}","variables":{"name":"Ida"}}'`,
    // images may stand in the HTML
    bodySize: 'json',
    body: wanted,
    answer: z.strictObject({
      subject: z.string(),
      html: z.string(),
      text: z.string(),
      errors: z.array(templateError),
      warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
    }),
    handler(account, { body, server }) {
      const { templateId, contact, variables, ...parts } = body;
      const draft = {
        ...emptyDraft('v3.1'),
        ...parts,
        variables,
        template: templateId === undefined ? undefined : BigInt(templateId),
        templateLanguage: true,
        to: typeof contact === 'string' ? [{ email: contact, name: '' }] : [],
      };
      const properties = typeof contact === 'object' ? contact : undefined;
      const rendered = server.mailroom.render(account, draft, properties);
      if (rendered === undefined)
        throw new ControlError(404, `The account has no template ${templateId}`);
      const { subject, html, text, templateErrors, warnings } = rendered;
      return { subject, html, text, errors: templateErrors, warnings };
    },
  }),
];
