import { Field, IdPath } from '../../../../platform/http/index.js';
import type { AccessCode } from '../access-codes.repository.js';
import type { IssuedAccessCode } from '../access-codes.service.js';

export class AccessCodePath extends IdPath {
  @Field.uuid({ about: 'the contact who signs in with it' })
  contactId: string;
}

export class AccessCodeBody {
  @Field.uuid({ about: 'the contact who signs in with it' })
  contactId: string;
}

export class AccessCodeView {
  @Field.uuid({ about: 'the contact who signs in with it' })
  contactId: string;

  @Field.uuid()
  householdId: string;

  @Field.instant({ about: 'when it was made' })
  issuedAt: string;

  @Field.instant({ about: 'until when it opens the file, unless it is replaced or revoked' })
  expiresAt: string;

  static of({ contactId, householdId, issuedAt, expiresAt }: AccessCode): AccessCodeView {
    return { contactId, householdId, issuedAt: issuedAt.toISOString(), expiresAt: expiresAt.toISOString() };
  }
}

export class IssuedAccessCodeView extends AccessCodeView {
  @Field.text({ optional: true, about: 'shown this once; a replayed answer leaves it out', example: '7K3M-25QX' })
  code?: string;

  @Field.text({
    optional: true,
    max: 1_000_000,
    about:
      'a PDF in base64, in the language of the contact, with the code in words and as a QR code; shown this once, a replayed answer leaves it out',
    example: 'JVBERi0xLjMK…',
  })
  letter?: string;

  static issued({ stored, code, letter }: IssuedAccessCode): IssuedAccessCodeView {
    return { ...AccessCodeView.of(stored), code, letter: letter.toString('base64') };
  }
}
