import { normalForm } from '../../../shared/plain-text.js';
import type { Fault } from '../../../shared/denial.js';
import { isHeaderValue } from '../../../shared/header-value.js';
import { listOf, membersOf, objectOrNull, type Reader, textOr, textsOf, wordOr } from '../../../shared/stored-json.js';

export const GATEWAY_METHODS = ['POST', 'PUT', 'GET'] as const;
export type GatewayMethod = (typeof GATEWAY_METHODS)[number];

export const GATEWAY_CONTENT_TYPES = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'] as const;
export type GatewayContentType = (typeof GATEWAY_CONTENT_TYPES)[number];

/**
 * How a council's SMS are sent: each is one HTTP request. The placeholders `{to}`, `{text}` and `{id}` in the address and the body are filled
 * in.
 */
export interface SmsGateway {
  readonly method: GatewayMethod;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly contentType: GatewayContentType;
  /** Null with GET. */
  readonly body: string | null;
  /**
   * The condition under which a 2xx answer means success: the value at this JSON pointer is one of `values`. Null when every 2xx answer does.
   */
  readonly success: { readonly pointer: string; readonly values: readonly string[] } | null;
  /** A JSON pointer to the gateway's own id of the message in its answer. When it is null, receipts name our id. */
  readonly messageIdPointer: string | null;
  readonly receipts: SmsReceipts | null;
}

/** How to read what the gateway posts, receipts as well as replies of families: JSON pointers into the body. */
export interface SmsReceipts {
  readonly secret: string;
  readonly idPointer: string;
  readonly statusPointer: string;
  readonly delivered: readonly string[];
  readonly failed: readonly string[];
  /** Pointers to the number from which a reply comes, and to its text; null when the gateway forwards no replies. */
  readonly fromPointer: string | null;
  readonly textPointer: string | null;
  readonly stopWords: readonly string[];
}

export interface SmsValues {
  readonly to: string;
  readonly text: string;
  readonly id: string;
}

export type SmsReceipt =
  | { readonly kind: 'delivered' | 'failed'; readonly messageId: string }
  | { readonly kind: 'stop'; readonly from: string }
  | { readonly kind: 'nothing' };

const PLACES = /\{(to|text|id)\}/g;

/** Builds the HTTP request of one SMS. Values are escaped for the address and for the content type, so that no text can change the request. */
export function smsRequest({ method, url, headers, contentType, body }: SmsGateway, values: SmsValues) {
  const escaped: Readonly<Record<GatewayContentType, (value: string) => string>> = {
    'application/json': (value) => JSON.stringify(value).slice(1, -1),
    'application/x-www-form-urlencoded': encodeURIComponent,
    'text/plain': (value) => value,
  };
  const fill = (text: string, escape: (value: string) => string) =>
    text.replaceAll(PLACES, (_, name: keyof SmsValues) => escape(values[name]));
  return {
    method,
    url: fill(url, encodeURIComponent),
    headers: {
      ...Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value])),
      ...(body !== null && { 'content-type': `${contentType}; charset=utf-8` }),
      'idempotency-key': `"${values.id}"`,
    },
    body: body === null ? null : fill(body, escaped[contentType]),
  };
}

/** Returns what the gateway's answer means: the message was taken, was refused for good, or may be tried again. */
export function smsOutcome(
  { success, messageIdPointer }: SmsGateway,
  { status, text }: { readonly status: number; readonly text: string },
): { readonly kind: 'taken'; readonly providerId: string | null } | { readonly kind: 'refused' | 'not_now'; readonly problem: string } {
  if (status >= 200 && status < 300) {
    const answer = json(text);
    if (success !== null && !success.values.includes(pointed(answer, success.pointer) ?? ''))
      return { kind: 'refused', problem: 'SMS_REFUSED' };
    return { kind: 'taken', providerId: messageIdPointer === null ? null : messageIdAt(answer, messageIdPointer) };
  }
  // These statuses blame the request, which would be the same next time. Others (our key, too many requests, their trouble, a redirect) may be
  // set right.
  return { kind: [400, 404, 410, 413, 422].includes(status) ? 'refused' : 'not_now', problem: `SMS_${status}` };
}

/** Reads what a gateway has posted. */
export function smsReceipt(receipts: SmsReceipts, posted: unknown): SmsReceipt {
  const { idPointer, statusPointer, delivered, failed, fromPointer, textPointer, stopWords } = receipts;
  const from = fromPointer === null ? null : pointed(posted, fromPointer);
  const said = textPointer === null ? null : pointed(posted, textPointer);
  if (from !== null && said !== null && stopWords.map(bare).includes(bare(said))) return { kind: 'stop', from };
  const messageId = messageIdAt(posted, idPointer);
  const status = pointed(posted, statusPointer);
  if (messageId === null || status === null) return { kind: 'nothing' };
  if (delivered.includes(status)) return { kind: 'delivered', messageId };
  return failed.includes(status) ? { kind: 'failed', messageId } : { kind: 'nothing' };
}

const SAMPLE: SmsValues = { to: '+33612345678', text: 'Bonjour', id: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10' };

/** Returns what is wrong with a gateway apart from the shapes of its fields. */
export function smsGatewayFaults(gateway: SmsGateway): Fault[] {
  const { method, url, body, headers, contentType, receipts } = gateway;
  const faults: Fault[] = [];
  if (/^[^/]*\/\/[^/?#]*\{/.test(url))
    faults.push({ pointer: '/url', code: 'INVALID_ADDRESS', message: 'must name one server: nothing is filled in before the path' });
  if (body !== null && contentType === 'application/json' && json(smsRequest(gateway, SAMPLE).body ?? '') === null)
    faults.push({ pointer: '/body', code: 'INVALID', message: 'must be JSON once it is filled in' });
  if (receipts && (receipts.fromPointer === null) !== (receipts.textPointer === null)) {
    const missing = receipts.fromPointer === null ? 'fromPointer' : 'textPointer';
    faults.push({
      pointer: `/receipts/${missing}`,
      code: 'REQUIRED',
      message: 'must be given with the other: a reply has a number and a text',
    });
  }
  if ((method === 'GET') !== (body === null))
    faults.push({ pointer: '/body', code: 'OUT_OF_RANGE', message: 'must be given, but not with GET' });
  const whole = url + (body ?? '');
  for (const name of ['to', 'text'])
    if (!whole.includes(`{${name}}`))
      faults.push({ pointer: body === null ? '/url' : '/body', code: 'REQUIRED', message: `must have {${name}}` });
  faults.push(...placeFaults(url, '/url'), ...placeFaults(body ?? '', '/body'));
  for (const [index, { value }] of headers.entries())
    if (value !== '' && !isHeaderValue(value))
      faults.push({
        pointer: `/headers/${index}/value`,
        code: 'FORBIDDEN_CHARACTERS',
        message: 'must be visible ASCII characters without a line break, an accent or an emoji: no server takes others in a header',
      });
  const names = headers.map(({ name }) => name.toLowerCase());
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index)
      faults.push({ pointer: `/headers/${index}/name`, code: 'DUPLICATE', message: 'must not be named twice' });
    if (['host', 'content-length', 'content-type', 'transfer-encoding', 'connection', 'idempotency-key'].includes(name))
      faults.push({ pointer: `/headers/${index}/name`, code: 'NOT_ONE_OF', message: 'is written by the program' });
  }
  return faults;
}

/** An unknown placeholder would be sent to every family as it is written, so it is refused. */
function placeFaults(text: string, pointer: string): Fault[] {
  const unknown = [...text.matchAll(/\{(\w+)\}/g)].flatMap(([place, name = '']) => (/^(to|text|id)$/.test(name) ? [] : [place]));
  return unknown.length === 0
    ? []
    : [
        {
          pointer,
          code: 'NOT_ONE_OF',
          message: `has ${[...new Set(unknown)].join(', ')}, which means nothing; {to}, {text} and {id} are filled in`,
        },
      ];
}

/** Returns the text, number or boolean at a JSON pointer (RFC 6901), as text; null when there is none. */
export function pointed(value: unknown, pointer: string): string | null {
  let here: unknown = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return null;
    here = (here as Record<string, unknown>)[key];
  }
  return ['string', 'number', 'boolean'].includes(typeof here) ? String(here) : null;
}

/** Normalises a word that somebody typed: `Arrêt !` becomes `ARRET`. */
function bare(word: string): string {
  return normalForm(word, 'NFD')
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .trim()
    .toUpperCase();
}

const LONGEST_ID = 200;

/**
 * Returns the id at a pointer; null when it cannot be an id. An id that could not be stored would make the recording fail, and the message
 * would be sent again.
 */
function messageIdAt(value: unknown, pointer: string): string | null {
  const id = pointed(value, pointer);
  return id !== null && id !== '' && id.length <= LONGEST_ID && !/\p{C}/u.test(id) ? id : null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const storedReceipts: Reader<SmsReceipts | null> = objectOrNull((receipts) => ({
  secret: textOr('')(receipts.secret),
  idPointer: textOr('')(receipts.idPointer),
  statusPointer: textOr('')(receipts.statusPointer),
  delivered: textsOf(receipts.delivered),
  failed: textsOf(receipts.failed),
  fromPointer: textOr(null)(receipts.fromPointer),
  textPointer: textOr(null)(receipts.textPointer),
  stopWords: textsOf(receipts.stopWords),
}));

const storedHeader: Reader<SmsGateway['headers'][number] | null> = (stored) => {
  const { name, value } = membersOf(stored);
  return typeof name === 'string' && typeof value === 'string' ? { name, value } : null;
};

/** Reads a stored gateway. Without an address it sends nothing. */
export const storedGateway: Reader<SmsGateway> = (stored) => {
  const gateway = membersOf(stored);
  return {
    method: wordOr(GATEWAY_METHODS, 'POST')(gateway.method),
    url: textOr('')(gateway.url),
    headers: listOf(storedHeader)(gateway.headers),
    contentType: wordOr(GATEWAY_CONTENT_TYPES, 'application/json')(gateway.contentType),
    body: textOr(null)(gateway.body),
    success: objectOrNull(({ pointer, values }) => ({ pointer: textOr('')(pointer), values: textsOf(values) }))(gateway.success),
    messageIdPointer: textOr(null)(gateway.messageIdPointer),
    receipts: storedReceipts(gateway.receipts),
  };
};
