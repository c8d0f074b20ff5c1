import { Injectable } from '@nestjs/common';
import { argon2id, hash, verify } from 'argon2';
import { Problem, Secrets } from '../../../platform/index.js';
import { normalisePassword } from '../domain/password.rules.js';

/** Argon2id as OWASP's Password Storage Cheat Sheet has it: 19 MiB, two passes, one lane. */
const PARAMETERS = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** A hash of nobody's password: checking it costs what checking somebody's costs. */
const NOBODYS = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

const AT_ONCE = 2;
const MOST_WAITING = 20;

/**
 * Hashes and checks passwords, peppered with a key that the database does not have. No more than two at once and twenty waiting: a flood
 * of sign-ins is refused with 503 and leaves the other threads and the memory to everybody else.
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

  /** False, in the same time, where there is no hash to check against. @throws Problem UNAVAILABLE when too many wait already */
  async isRight(passwordHash: string | null, password: string): Promise<boolean> {
    const isRight = await this.inTurn(() => verify(passwordHash ?? NOBODYS, normalisePassword(password), { secret: this.pepper }));
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
      // The turn goes straight to the next who waits; only when nobody does is it free.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
