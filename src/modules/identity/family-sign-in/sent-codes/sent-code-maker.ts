import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../../../../platform/index.js';
import { codeFrom, typedCode } from '../../domain/sent-code.rules.js';

/**
 * Makes the code of a request from its id, with a key of the program that the database does not hold. So the code is stored nowhere, not even
 * as a hash, and stands in no job: who sends it makes it, and who checks it makes it again.
 */
@Injectable()
export class SentCodeMaker {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.key('sent-code');
  }

  /** Six digits. */
  codeOf(requestId: string): string {
    return codeFrom(this.keyed('code', requestId));
  }

  isCodeOf(requestId: string, typed: string): boolean {
    return timingSafeEqual(Buffer.from(typedCode(typed) ?? 'no code').subarray(0, 6), Buffer.from(this.codeOf(requestId)));
  }

  /** Shows that whoever brings it has typed the code of this request. */
  proofOf(requestId: string): string {
    return this.keyed('proof', requestId).toString('base64url');
  }

  isProofOf(requestId: string, given: string): boolean {
    const [one, other] = [Buffer.from(given), Buffer.from(this.proofOf(requestId))];
    return one.length === other.length && timingSafeEqual(one, other);
  }

  /** The form in which a phone, a mailbox or a network is stored: nobody reads it back, whoever it belongs to. */
  keyOf(kind: 'address' | 'network', value: string): string {
    return this.keyed(kind, value).toString('base64url');
  }

  private keyed(kind: string, text: string): Buffer {
    return createHmac('sha256', this.key).update(`${kind} ${text}`).digest();
  }
}
