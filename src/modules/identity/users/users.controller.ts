import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Changes,
  Conflicts,
  Creates,
  Cursors,
  IdPath,
  IfMatch,
  Makes,
  type Page,
  PageQuery,
  Refuses,
  Shows,
} from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { INVITATION_REFUSALS, USER_REFUSALS } from '../domain/user.rules.js';
import { InvitationView, UserBody, UserChanges, UserView } from './dto/user.dto.js';
import { InvitationsService } from './invitations.service.js';
import { UsersService } from './users.service.js';

const LIST = 'users';

@ApiTags('users')
@Controller('api/v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly invitations: InvitationsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List staff', 'The people of the council who sign in, in the order of their ids.')
  @Rights('settings:read', 'council_manager', 'auditor')
  @AnswersPage(UserView)
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor }: PageQuery): Promise<Page<UserView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.users.list(actor.councilId, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], UserView.of);
  }

  @Get(':id')
  @About('Read a member of staff', 'Name, role, and the school or site that they are bound to.')
  @Shows('user')
  @Rights('settings:read', 'council_manager', 'auditor')
  @Answers(UserView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<UserView> {
    return UserView.of(orProblem(await this.users.get(actor.councilId, id)));
  }

  @Post()
  @About('Add a member of staff', 'They cannot sign in before they are invited and have chosen a password.')
  @Makes('user')
  @Rights('settings:write', 'council_manager')
  @Creates(UserView)
  @Conflicts('ALREADY_EXISTS')
  async create(@CurrentActor() actor: Actor, @Body() body: UserBody): Promise<UserView> {
    const { name, email, role, schoolId = null, siteId = null, active = true, digest = true } = body;
    return UserView.of(orProblem(await this.users.create(actor, { name, email, role, schoolId, siteId, active, digest })));
  }

  @Patch(':id')
  @About('Change a member of staff', 'Changes what is named and leaves the rest; `active: false` ends their sessions at once.')
  @Rights('settings:write', 'council_manager')
  @Answers(UserView)
  @Conflicts('ALREADY_EXISTS')
  @Refuses(USER_REFUSALS)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: UserChanges,
  ): Promise<UserView> {
    return UserView.of(orProblem(await this.users.update(actor, id, expected, body)));
  }

  @Post(':id/invitation')
  @About('Invite a member of staff', 'Sends them a link to choose a password. Earlier links stop working.')
  @Changes('invitation')
  @Rights('settings:write', 'council_manager')
  @Answers(InvitationView, 'a link to choose a password is on its way to their address; earlier links have ended')
  @Refuses(INVITATION_REFUSALS)
  async invite(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<InvitationView> {
    const { userId, expiresAt } = orProblem(await this.invitations.invite(actor, id));
    return { userId, expiresAt: expiresAt.toISOString() };
  }

  @Shows('invitation')
  async invitation(actor: Actor, { id }: IdPath): Promise<InvitationView> {
    const { userId, expiresAt } = orProblem(await this.invitations.last(actor, id));
    return { userId, expiresAt: expiresAt.toISOString() };
  }
}
