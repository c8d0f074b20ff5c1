import { Field } from '../../../../platform/http/index.js';
import { isTotpCode } from '../../domain/totp.rules.js';

/** The code that an authenticator app shows. */
export const TotpField = ({ optional = false, about = 'six digits of the authenticator app; each code works once' } = {}) =>
  Field.shaped('isTotpCode', isTotpCode, 'must be six digits', { max: 7, example: '287082', optional, about });

export class TotpBody {
  @TotpField()
  totp: string;
}

export class EnrolmentView {
  @Field.text({
    optional: true,
    about: 'to be typed into the app, in base 32; shown this once, a replayed answer leaves it out',
    example: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  })
  secret?: string;

  @Field.text({
    optional: true,
    max: 1000,
    about: 'the same for a QR code; shown this once, a replayed answer leaves it out',
    example: 'otpauth://totp/Passerelle:claire.morvan%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Passerelle',
  })
  uri?: string;
}

export class TotpView {
  @Field.boolean({ about: 'whether signing in takes a code', example: true })
  enabled: boolean;
}
