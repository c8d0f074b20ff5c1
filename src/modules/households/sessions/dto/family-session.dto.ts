import { Field, IdPath } from '../../../../platform/http/index.js';
import type { FamilySession } from '../../../identity/index.js';

export class FamilySessionPath extends IdPath {
  @Field.uuid({ about: 'the session' })
  sessionId: string;
}

export class FamilySessionView {
  @Field.uuid()
  id: string;

  @Field.uuid({ about: 'the contact who is signed in' })
  contactId: string;

  @Field.boolean({ about: 'the contact said that the phone is theirs alone', example: false })
  ownPhone: boolean;

  @Field.instant({ about: 'when they signed in' })
  openedAt: string;

  @Field.instant({ about: 'when it was last used, to the minute' })
  seenAt: string;

  @Field.instant({ about: 'when it ends, unless it is used or ended' })
  expiresAt: string;

  @Field.boolean({ about: 'it is the one with which the caller asks', example: true })
  current: boolean;

  static of({ id, contactId, ownPhone, openedAt, seenAt, expiresAt }: FamilySession, callersId: string | null): FamilySessionView {
    return {
      id,
      contactId,
      ownPhone,
      openedAt: openedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: id === callersId,
    };
  }
}
