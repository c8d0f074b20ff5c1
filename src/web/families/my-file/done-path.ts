import type { FastifyReply } from 'fastify';
import { Parameter } from '../../../platform/http/index.js';
import { type Done, DONE } from './parts.js';

/** What the address of a page says after a form: that it was done. */
export class DonePath {
  @Parameter.oneOf(DONE)
  done?: Done;
}

/** Goes on to the page that shows what a form has done, so that a page that is asked for again sends nothing again. The answer is empty. */
export function goOn(reply: FastifyReply, path: string, done: Done): string {
  void reply.status(303).header('location', `${path}?done=${done}`);
  return '';
}
