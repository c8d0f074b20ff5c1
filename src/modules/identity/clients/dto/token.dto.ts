import { Field } from '../../../../platform/http/index.js';

export class TokenBody {
  @Field.oneOf(['client_credentials'], { about: 'nothing else is possible' })
  grant_type: string;

  @Field.text({ optional: true, min: 0, max: 2000, about: 'space-separated; all of the client’s when left out', example: 'loans:read' })
  scope?: string;

  @Field.text({ optional: true, max: 200, about: 'refused here: client id and secret go into the Authorization header (HTTP Basic)' })
  client_id?: string;

  @Field.text({ optional: true, max: 200, about: 'refused here, as client_id is' })
  client_secret?: string;
}

/** As RFC 6749, 5.1 writes it. */
export class TokenView {
  @Field.text({ about: 'send it as `Authorization: Bearer …`' })
  access_token: string;

  @Field.oneOf(['Bearer'], { about: 'nothing else is possible' })
  token_type: 'Bearer';

  @Field.integer({ about: 'seconds', example: 3600 })
  expires_in: number;

  @Field.text({ min: 0, max: 2000, example: 'loans:read', about: 'the scopes of the token, separated by spaces' })
  scope: string;
}
