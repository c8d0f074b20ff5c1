import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const PUBLIC = 'http:public';

/** Describes an operation that needs no sign-in. */
export interface PublicAccess {
  /** Who may call it, when that is not everybody. */
  readonly but: string | null;
}

/** The operation needs no sign-in. */
export const Public = ({ but = null }: Partial<PublicAccess> = {}) =>
  applyDecorators(SetMetadata(PUBLIC, { but } satisfies PublicAccess), ApiExtension('x-public', true));
