import { notBuiltAction } from '../../engine/action.ts';

/**
 * POST contactslist/{id}/verify and GET contactslist/{id}/verify/{job}, which came after 2021: the one action that the
 * official SDKs know, of the resources that are built, and that metadata lacks (the OpenAPI file of 2025 has no actions).
 * A client posts `{"Method":"fulllist"}` and reads Akid, ContactListID, Count, Error, ID, JobEnd, JobStart, Method,
 * ResponseUrl, Status and Summary of the job.
 */
export const verify = notBuiltAction('verify', {
  isGlobal: false,
  operations: ['Get', 'Post'],
  unlisted: true,
});
