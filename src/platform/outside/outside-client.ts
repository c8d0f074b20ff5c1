import { lookup as lookUp } from 'node:dns';
import { type ClientRequest, type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { isPublicAddress } from './addresses.js';

const PATIENCE_MS = 15_000;
const MOST_ANSWER = 64 * 1024;

export interface OutsideCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly text: string;
}

/** The call failed: nobody answered, or it may not be made. The code says which. */
export class OutsideFault extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'OutsideFault';
  }

  /**
   * Whether the settings of the call are to blame, so that no later attempt would help. Unlike them, a name may lead to another address
   * later.
   */
  get isOfSettings(): boolean {
    return this.code === 'CALL_REFUSED';
  }
}

/**
 * Calls servers whose addresses councils have typed, but never one in our own network. The address is checked when the connection is made,
 * so it does not help to change what a name means a moment later. Redirects are returned as answers and not followed.
 */
@Injectable()
export class OutsideClient {
  private readonly allowed: ReadonlySet<string>;

  constructor({ webhookAllowedHosts }: Settings) {
    this.allowed = new Set(webhookAllowedHosts);
  }

  /** What is wrong with an address as it is written; null when it may be called, as far as one can tell from the name. */
  faultOf(url: string): string | null {
    if (!URL.canParse(url)) return 'must be an address such as https://sms.example.org/send';
    const { protocol, hostname, username, password } = new URL(url);
    if (username !== '' || password !== '') return 'must not carry a name or a password; use a header';
    if (this.allowed.has(hostname)) return ['http:', 'https:'].includes(protocol) ? null : 'must begin with https';
    if (protocol !== 'https:') return 'must begin with https';
    const bare = hostname.replace(/^\[|\]$/g, '');
    return isIP(bare) > 0 && !isPublicAddress(bare) ? 'must not lead into a private network' : null;
  }

  /** @throws OutsideFault */
  call({ method, url, headers, body }: OutsideCall): Promise<OutsideAnswer> {
    if (this.faultOf(url) !== null) return Promise.reject(new OutsideFault('ADDRESS_REFUSED'));
    const { protocol, hostname } = new URL(url);
    const request = protocol === 'https:' ? tlsRequest : plainRequest;
    const options: RequestOptions = {
      method,
      headers: { ...headers, ...(body !== null && { 'content-length': Buffer.byteLength(body) }) },
    };
    if (!this.allowed.has(hostname)) options.lookup = publicLookup;
    return new Promise((resolve, reject) => {
      const call = beginRequest(request, url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => {
          if (text.length < MOST_ANSWER) text += piece;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: text.slice(0, MOST_ANSWER) }));
        answer.on('error', (error) => reject(faultOf(error)));
      });
      call.on('error', (error) => reject(faultOf(error)));
      call.end(body ?? undefined);
    });
  }
}

/** Begins a request. What cannot be sent at all, such as a header with a line break, Node refuses at once. */
function beginRequest(request: typeof plainRequest, ...given: [string, RequestOptions, (answer: IncomingMessage) => void]): ClientRequest {
  try {
    return request(...given);
  } catch {
    throw new OutsideFault('CALL_REFUSED');
  }
}

function faultOf(error: Error & { code?: string | number }): OutsideFault {
  if (error instanceof OutsideFault) return error;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return new OutsideFault('TIMEOUT');
  return new OutsideFault(typeof error.code === 'string' ? error.code : 'UNREACHABLE');
}

/** Looks up the addresses of a name. The result is an error when one of them is not on the public internet. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    // For an unknown name there are no addresses at all.
    if (error) {
      done(error, '', 0);
      return;
    }
    const [first] = addresses;
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) done(new OutsideFault('ADDRESS_REFUSED'), '', 0);
    else if (options.all === true) done(null, addresses);
    else done(null, first.address, first.family);
  });
};
