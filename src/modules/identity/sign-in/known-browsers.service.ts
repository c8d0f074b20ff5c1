import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Secrets } from '../../../platform/index.js';

export const BROWSER_COOKIE = 'passerelle_browser';

/** The number of days for which a browser is known after its last sign-in. */
export const KNOWN_DAYS = 180;
/** The most people that one browser can know, for a desk that several people use. The one who signed in longest ago is dropped first. */
const MOST_PEOPLE = 8;
const ENTRY = /^([\w-]{16})[.]([0-9a-z]{1,10})[.]([\w-]{43})$/;

interface CookieEntry {
  readonly id: string;
  readonly text: string;
}

/**
 * Browsers from which somebody signed in before. Their cookie gives no access. It only separates their attempts from those of everybody
 * else at the same address (OWASP, "Device Cookies"). For each person it contains a random number, an end and a message code that binds
 * both to the account. So nothing is stored here, and the cookie does not tell whose it is.
 */
@Injectable()
export class KnownBrowsersService {
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    secrets: Secrets,
  ) {
    this.key = secrets.key('browser');
  }

  /** The name of this browser if this account signed in from it, else null. */
  idOf(cookie: string | undefined, emailKey: string): string | null {
    return this.entryOf(cookie, emailKey)?.id ?? null;
  }

  /** The value of the cookie after this account signed in. The accounts that the browser already knows are kept. */
  remember(cookie: string | undefined, emailKey: string): string {
    const present = this.entryOf(cookie, emailKey);
    const id = present?.id ?? randomBytes(12).toString('base64url');
    const end = Math.floor(this.clock.now().getTime() / 1000 + KNOWN_DAYS * 86_400).toString(36);
    const others = entries(cookie).filter((text) => text !== present?.text);
    return [`${id}.${end}.${this.code(emailKey, id, end)}`, ...others].slice(0, MOST_PEOPLE).join('~');
  }

  private entryOf(cookie: string | undefined, emailKey: string): CookieEntry | null {
    const now = this.clock.now().getTime() / 1000;
    for (const text of entries(cookie)) {
      const [, id = '', end = '', code = ''] = ENTRY.exec(text) ?? [];
      if (id === '' || Number.parseInt(end, 36) <= now) continue;
      if (timingSafeEqual(Buffer.from(code), Buffer.from(this.code(emailKey, id, end)))) return { id, text };
    }
    return null;
  }

  private code(emailKey: string, id: string, end: string): string {
    return createHmac('sha256', this.key).update(`${id}.${end}.${emailKey}`).digest('base64url');
  }
}

/** The texts in the cookie that may be entries. When there are more than a browser may have, the rest is ignored. */
function entries(cookie: string | undefined): string[] {
  return (cookie ?? '')
    .slice(0, 1000)
    .split('~')
    .filter((text) => ENTRY.test(text))
    .slice(0, MOST_PEOPLE);
}
