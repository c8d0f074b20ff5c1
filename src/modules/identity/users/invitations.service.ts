import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  Audit,
  Clock,
  Id,
  jobKind,
  type JobOf,
  Log,
  Mailer,
  Outbox,
  Problem,
  Secrets,
  Settings,
  Transactions,
} from '../../../platform/index.js';
import { dayIn } from '../../../shared/day.js';
import { invalid, notFound, type Outcome, refusedFor } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { tokenHash } from '../access/authenticator.js';
import { invitationText } from '../domain/invitation.texts.js';
import { INVITATION_REFUSALS } from '../domain/user.rules.js';
import { InvitationsRepository } from './invitations.repository.js';
import { PasswordStrengthChecker } from '../passwords/password-strength-checker.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { UsersRepository } from './users.repository.js';
import { beyondRights, UsersService } from './users.service.js';

/** Sends the mail of an invitation. */
export const INVITATION_MAIL = jobKind('invitation.mail', { invitationId: Id.text }, { lane: 'urgent' });

const VALID_DAYS = 7;
/** The same time for which answers are kept under their idempotency keys. */
const KEY_HOURS = 24;

const DEAD_LINK = { pointer: '/token', code: 'INVALID', message: 'is unknown, used, or past its time; ask for another invitation' };

/**
 * Invites people by e-mail to choose their own password. The token in the link is derived from the id of the invitation with a key of the
 * application. So it is stored nowhere: the table has only its hash, the job has nothing of it, and a mail that is sent twice contains the
 * same link. In the link it follows `#`, so that it reaches no server log, and opening the link does not use it up.
 */
@Injectable()
export class InvitationsService {
  private readonly key: Buffer;

  constructor(
    private readonly transactions: Transactions,
    private readonly invitations: InvitationsRepository,
    private readonly users: UsersRepository,
    private readonly accounts: UsersService,
    private readonly passwords: PasswordHasher,
    private readonly strength: PasswordStrengthChecker,
    private readonly outbox: Outbox,
    private readonly mailer: Mailer,
    private readonly settings: Settings,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly log: Log,
    secrets: Secrets,
  ) {
    this.key = secrets.key('invitation');
  }

  /** Sends a link and ends earlier ones to the same person. */
  invite(actor: Actor, userId: string): Promise<Outcome<{ userId: string; expiresAt: Date }>> {
    return this.transactions.write(actor, async (tx) => {
      const user = await this.users.lock(tx, userId);
      if (!user) return notFound();
      if (!this.accounts.mayAppoint(actor, user.role)) return beyondRights(user.role);
      const reasons = refusalsHolding(INVITATION_REFUSALS, { USER_INACTIVE: !user.active });
      if (reasons.length > 0) return refusedFor(reasons);

      const now = this.clock.now();
      const id = newId();
      const expiresAt = new Date(now.getTime() + VALID_DAYS * 24 * 3600 * 1000);
      await this.invitations.endOpen(tx, userId, now);
      await this.invitations.insert(tx, { id, userId, tokenHash: tokenHash(this.tokenOf(id)), expiresAt }, now);
      await this.outbox.add(tx, INVITATION_MAIL, { invitationId: id });
      await this.audit.record(tx, { actor: actor.id, action: 'user.invited', subject: userId });
      return ok({ userId, expiresAt });
    });
  }

  /** The last invitation of a person. */
  last({ councilId }: Actor, userId: string): Promise<Outcome<{ userId: string; expiresAt: Date }>> {
    return this.transactions.read(councilId, async (tx) => {
      const expiresAt = await this.invitations.lastEnd(tx, userId);
      return expiresAt ? ok({ userId, expiresAt }) : notFound();
    });
  }

  /** Sends the mail, unless the invitation was ended or used meanwhile. */
  async deliver({ councilId, ids, id: jobId }: JobOf<typeof INVITATION_MAIL>): Promise<void> {
    const { invitationId } = ids;
    const invitation = await this.transactions.read(councilId, (tx) => this.invitations.toSend(tx, invitationId, this.clock.now()));
    if (!invitation) return;
    if (!this.mailer.isConfigured) {
      this.log.warn('no mail server is configured: an invitation was not sent', { jobId });
      return;
    }
    const { email, councilName, locale, expiresAt, timeZone } = invitation;
    const link = `${this.settings.publicAddress}/invitation#token=${this.tokenOf(invitationId)}`;
    const mail = invitationText(locale, { councilName, link, until: dayIn(expiresAt, timeZone) });
    await this.mailer.send({ councilId, to: email, ...mail, messageId: `invitation-${invitationId}` });
  }

  /**
   * Sets the password of the person to whom the token was sent, ends all sessions of that person, and uses up the token. Nobody is signed
   * in at this moment, so the idempotency key of a request is stored with the invitation. The same token, key and password are answered
   * like the first time, for a day.
   * @throws Problem when the key was sent with another password
   */
  async accept(token: string, password: string, key: string | null): Promise<Outcome<{ email: string }>> {
    const hash = tokenHash(token);
    const spentWith = key === null ? null : tokenHash(`${hash} ${key}`);
    const accepted = await this.spend(hash, password, spentWith);
    if (accepted.ok || spentWith === null) return accepted;
    const since = new Date(this.clock.now().getTime() - KEY_HOURS * 3600 * 1000);
    const before = await this.transactions.system((tx) => this.invitations.spentWith(tx, hash, spentWith, since));
    if (!before) return accepted;
    if (!(await this.passwords.isRight(before.passwordHash, password))) throw Problem.of('IDEMPOTENCY_KEY_REUSED');
    return ok({ email: before.email });
  }

  private async spend(hash: string, password: string, spentWith: string | null): Promise<Outcome<{ email: string }>> {
    const invited = await this.transactions.system((tx) => this.invitations.ofToken(tx, hash, this.clock.now()));
    if (!invited) return invalid(DEAD_LINK);
    const { councilId, userId, email } = invited;
    const faults = await this.strength.faults(password, invited);
    if (faults.length > 0) return invalid(...faults);
    const passwordHash = await this.passwords.hash(password);
    return this.transactions.write(councilId, async (tx) => {
      const user = await this.users.lock(tx, userId);
      const now = this.clock.now();
      if (!user?.active || !(await this.invitations.spend(tx, userId, hash, now, spentWith))) return invalid(DEAD_LINK);
      await this.users.setPassword(tx, userId, passwordHash);
      await this.users.endSessions(tx, userId, now);
      await this.audit.record(tx, { actor: `user:${userId}`, action: 'user.password_chosen', subject: userId });
      return ok({ email });
    });
  }

  private tokenOf(invitationId: string): string {
    return createHmac('sha256', this.key).update(invitationId).digest('base64url');
  }
}
