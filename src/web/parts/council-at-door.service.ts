import { Injectable } from '@nestjs/common';
import { CouncilsService } from '../../modules/councils/index.js';

type Council = NonNullable<Awaited<ReturnType<CouncilsService['only']>>>;

/** Whose door somebody stands at who has not signed in. */
@Injectable()
export class CouncilAtDoor {
  constructor(private readonly councils: CouncilsService) {}

  /** The council that was chosen by its code, the only one, or the only one that is open to families; null where there are none or several. */
  async find(code = ''): Promise<Council | null> {
    const chosen = code === '' ? null : await this.councils.openOf(code);
    return chosen ?? (await this.councils.only()) ?? (await this.councils.open()).only;
  }

  /** Whether families can sign in, and whether there are several councils to choose from. */
  async open(): Promise<'none' | 'one' | 'several'> {
    return (await this.councils.open()).count;
  }

  /** The councils that are meant by a name or a postal code. */
  search(sought: string, limit: number): ReturnType<CouncilsService['atDoor']> {
    return this.councils.atDoor(sought, limit);
  }
}
