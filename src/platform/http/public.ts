import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const PUBLIC = 'http:public';

/** What an operation that asks nobody who they are says of itself. */
export interface Openness {
  /** To whom it is open nevertheless, where that is not everybody. */
  readonly but: string | null;
}

/** The operation asks nobody who they are. */
export const Public = ({ but = null }: Partial<Openness> = {}) =>
  applyDecorators(SetMetadata(PUBLIC, { but } satisfies Openness), ApiExtension('x-public', true));
