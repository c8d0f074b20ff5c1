import { PartialType } from '@nestjs/swagger';
import { Field, VersionedView } from '../../../../platform/http/index.js';
import { type Scope, SCOPES } from '../../../councils/index.js';
import type { ApiClient } from '../entities/api-client.entity.js';

export class ClientBody {
  @Field.text({ example: 'Parc informatique du département' })
  name: string;

  @Field.manyOf(SCOPES, { min: 1, example: ['inventory:read', 'loans:read'], about: 'what the client may; write does not include read' })
  scopes: Scope[];
}

export class ClientChanges extends PartialType(ClientBody, { skipNullProperties: false }) {}

export class ClientView extends VersionedView {
  @Field.text({ example: 'Parc informatique du département' })
  name: string;

  @Field.manyOf(SCOPES, { example: ['inventory:read', 'loans:read'], about: 'what the client may' })
  scopes: Scope[];

  @Field.instant({ nullable: true, about: 'last token, to the minute' })
  lastUsedAt: string | null;

  static of(client: ApiClient): ClientView {
    const { name, scopes, lastUsedAt } = client;
    return { ...VersionedView.parts(client), name, scopes, lastUsedAt: lastUsedAt?.toISOString() ?? null };
  }
}

export class ClientWithSecretView extends ClientView {
  @Field.text({ optional: true, about: 'shown this once; a replayed answer leaves it out', example: 'kq3…' })
  secret?: string;

  static withSecret(client: ApiClient, secret: string): ClientWithSecretView {
    return { ...ClientView.of(client), secret };
  }
}
