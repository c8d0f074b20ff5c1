import { Id, jobEvent } from '../../platform/index.js';

/**
 * A family asked for a code to sign in with, at this contact's phone or mailbox. The code is in no job: whoever sends it makes it from the id
 * of the request.
 */
export const SIGN_IN_CODE_ASKED = jobEvent('sign_in_code.asked', {
  codeId: Id.text,
  contactId: Id.text,
  channel: Id.word(['sms', 'email']),
  /** An instant (ISO 8601) from which on the code holds no more. */
  until: Id.text,
});
