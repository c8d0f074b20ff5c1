import { Injectable } from '@nestjs/common';
import { argon2id, hash, verify } from 'argon2';
import { Problem, Secrets } from '../../../platform/index.js';
import { normalisePassword } from '../domain/password.rules.js';

/** Argon2id with the parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const PARAMETERS = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** A hash that belongs to nobody. To check it takes as long as to check a real one. */
const HASH_OF_NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

const AT_ONCE = 2;
const MOST_WAITING = 20;

/**
 * Hashes and checks passwords with a key that the database does not have. At most two run at the same time and twenty wait. So a flood of
 * sign-ins is refused with 503 and leaves threads and memory to other requests.
 */
@Injectable()
export class PasswordHasher {
  private readonly pepper: Buffer;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(secrets: Secrets) {
    this.pepper = secrets.key('password');
  }

  /** @throws Problem UNAVAILABLE when too many wait already */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalisePassword(password), { ...PARAMETERS, secret: this.pepper }));
  }

  /**
   * Whether the password fits the hash. Without a hash it returns false after the same time. @throws Problem UNAVAILABLE when too many wait
   * already
   */
  async isRight(passwordHash: string | null, password: string): Promise<boolean> {
    const isRight = await this.inTurn(() => verify(passwordHash ?? HASH_OF_NOBODY, normalisePassword(password), { secret: this.pepper }));
    return isRight && passwordHash !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < AT_ONCE) this.running += 1;
    else {
      if (this.waiting.length >= MOST_WAITING) throw Problem.of('UNAVAILABLE', { detail: 'too many people are signing in at this moment' });
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      // The next caller that waits takes this place; only when none waits, the place becomes free.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
