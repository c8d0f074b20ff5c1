import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersNothing,
  AnswersPage,
  Changes,
  Creates,
  Cursors,
  IdPath,
  IfMatch,
  Makes,
  OneTimeSecrets,
  type Page,
  PageQuery,
  Shows,
} from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { ClientsService } from './clients.service.js';
import { ClientBody, ClientChanges, ClientView, ClientWithSecretView } from './dto/client.dto.js';

const LIST = 'clients';

@ApiTags('clients')
@Controller('api/v1/clients')
export class ClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List API clients', 'Programs that call in the council’s name, without their secrets.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @AnswersPage(ClientView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<ClientView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.clients.list(actor.councilId, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], ClientView.of);
  }

  @Get(':id')
  @About('Read an API client', 'Its name, its scopes, and when it last took a token.')
  @Shows('client')
  @Rights('settings:read', 'council_manager', 'auditor')
  @Answers(ClientView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<ClientView> {
    return ClientView.of(orProblem(await this.clients.get(actor.councilId, id)));
  }

  @Post()
  @About('Add an API client', 'Answers its secret, this once. The client trades id and secret for a token at `POST /oauth/token`.')
  @Makes('client')
  @Rights('settings:write', 'council_manager')
  @Creates(ClientWithSecretView)
  @OneTimeSecrets('secret')
  async create(@CurrentActor() actor: Actor, @Body() body: ClientBody): Promise<ClientWithSecretView> {
    const { client, secret } = orProblem(await this.clients.create(actor, body));
    return ClientWithSecretView.withSecret(client, secret);
  }

  @Patch(':id')
  @About('Change an API client', 'Changes its name or its scopes.')
  @Rights('settings:write', 'council_manager')
  @Answers(ClientView)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: ClientChanges,
  ): Promise<ClientView> {
    return ClientView.of(orProblem(await this.clients.update(actor, id, expected, body)));
  }

  @Delete(':id')
  @About('Revoke an API client', 'The client, its secret and its tokens work no longer, from now on.')
  @Rights('settings:write', 'council_manager')
  @AnswersNothing()
  async revoke(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<void> {
    orProblem(await this.clients.revoke(actor, id));
  }

  @Post(':id/rotation')
  @About('Give an API client a new secret', 'Answers the new secret, this once. The old one works no longer.')
  @Changes('client')
  @Rights('settings:write', 'council_manager')
  @Answers(ClientWithSecretView, 'with its new secret')
  @OneTimeSecrets('secret')
  async rotate(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<ClientWithSecretView> {
    const { client, secret } = orProblem(await this.clients.rotate(actor, id));
    return ClientWithSecretView.withSecret(client, secret);
  }
}
