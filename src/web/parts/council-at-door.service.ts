import { Injectable } from '@nestjs/common';
import { CouncilsService } from '../../modules/councils/index.js';

/** Whose door somebody stands at who has not signed in. */
@Injectable()
export class CouncilAtDoor {
  constructor(private readonly councils: CouncilsService) {}

  /** The only council; null where there are none or several. */
  find(): ReturnType<CouncilsService['only']> {
    return this.councils.only();
  }
}
