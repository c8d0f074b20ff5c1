import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../../../platform/index.js';
import { HOUSEHOLD_PREFIX, normaliseReference } from '../../../shared/reference.js';
import { normaliseAccessCode } from '../domain/access-code.rules.js';

/**
 * The hash under which a printed code is stored and found. A code has only 40 bits, so whoever took the database could try all of a plain
 * hash in minutes, and of a slow one in days; with the key of the program, which the database does not hold, nobody can try one. Since the
 * file's reference is in it, it is found in one index of all councils by the same work, whether the reference is known or not.
 */
@Injectable()
export class AccessCodeHasher {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.key('access-code');
  }

  /** Takes both as people type them. What is no reference or no code has a hash as well, which is nobody's. */
  hash(reference: string, code: string): string {
    const meant = [normaliseReference(HOUSEHOLD_PREFIX, reference) ?? `? ${reference}`, normaliseAccessCode(code) ?? `? ${code}`];
    return createHmac('sha256', this.key).update(meant.join('\n')).digest('base64url');
  }
}
