import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const PUBLIC = 'http:public';

/** What an operation that asks nobody who they are says of itself. */
export interface PublicAccess {
  /** To whom it is open nevertheless, where that is not everybody. */
  readonly but: string | null;
}

/** The operation asks nobody who they are. */
export const Public = ({ but = null }: Partial<PublicAccess> = {}) =>
  applyDecorators(SetMetadata(PUBLIC, { but } satisfies PublicAccess), ApiExtension('x-public', true));
