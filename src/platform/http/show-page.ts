import type { FastifyReply } from 'fastify';
import type { Html } from '../../shared/html.js';

/** Sends a page that runs nothing and loads nothing from elsewhere. */
export function showPage(reply: FastifyReply, page: Html): string {
  void reply.header('content-type', 'text/html; charset=utf-8').header('vary', 'accept, accept-language');
  return page.text;
}
