import { Field } from '../../../../platform/http/index.js';

export class FamilySessionBody {
  @Field.text({ max: 40, example: 'F-7K3M-25', about: 'of the file, as people type it: case, dashes and blanks do not matter' })
  reference: string;

  @Field.secret({ max: 40, about: 'of the letter, as people type it' })
  code: string;

  @Field.boolean({
    optional: true,
    example: false,
    about: 'the phone is theirs alone: the session lives for thirty days; left out or false: it ends after half an hour of rest',
  })
  ownPhone?: boolean;
}
