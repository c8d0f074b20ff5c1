import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { byQuality } from '../../shared/quality-values.js';

export type Encoding = 'br' | 'gzip' | 'identity';

/** The smallest form of a text that a client takes, by its header `Accept-Encoding`. */
export function encodingFor(accepted: string | undefined): Encoding {
  const taken = new Set(byQuality(accepted ?? '').flatMap(({ name, quality }) => (quality > 0 ? [name.toLowerCase()] : [])));
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : 'identity';
}

/** A page is made for one reader, so this must be quick: the highest quality takes ten times as long for a tenth less. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };
const compressed = { br: (text: string) => promisify(brotliCompress)(text, QUICK), gzip: (text: string) => promisify(gzip)(text) };
/** What fits into one packet anyway. */
const SMALL = 1000;

/**
 * Compresses a page, as families pay for each kilobyte. The API is not compressed: its clients are near, and a secret beside text that a
 * stranger can choose could be guessed from the length (BREACH). A page that shows both must write its secret differently each time.
 *
 * The plugin of Fastify is not used: it compresses every type that can be, whatever types it is told.
 */
export async function compressPage(accepted: string | undefined, reply: FastifyReply, page: unknown): Promise<unknown> {
  if (typeof page !== 'string' || page.length < SMALL) return page;
  const vary = reply.getHeader('vary');
  void reply.header('vary', typeof vary === 'string' ? `${vary}, accept-encoding` : 'accept-encoding');
  const encoding = encodingFor(accepted);
  if (encoding === 'identity') return page;
  void reply.header('content-encoding', encoding).removeHeader('content-length');
  return compressed[encoding](page);
}
