import type { FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { pageText } from '../../shared/page-frame.js';

/** Sends a page that runs no script and loads nothing from elsewhere. */
export function showPage(reply: FastifyReply, page: JSX.Element): string {
  void reply.header('content-type', 'text/html; charset=utf-8').header('vary', 'accept, accept-language, cookie');
  return pageText(page);
}
