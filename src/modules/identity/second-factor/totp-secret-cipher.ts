import { Injectable } from '@nestjs/common';
import { Secrets } from '../../../platform/index.js';
import { open, seal } from '../../../shared/sealed.js';

/** Encrypts the secrets of authenticators, which must be read again, unlike passwords. Each is bound to its account. */
@Injectable()
export class TotpSecretCipher {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.key('totp');
  }

  seal(userId: string, secret: string): string {
    return seal(this.key, userId, secret);
  }

  /** @throws Error when it was not sealed for this account with our key */
  open(userId: string, sealed: string): string {
    return open(this.key, userId, sealed);
  }
}
