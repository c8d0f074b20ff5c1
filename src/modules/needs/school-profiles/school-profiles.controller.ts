import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersPage,
  Conflicts,
  Creates,
  Cursors,
  IdPath,
  IfMatch,
  Makes,
  type Page,
  Shows,
} from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { SchoolProfileBody, SchoolProfileChanges, SchoolProfilesQuery, SchoolProfileView } from './dto/school-profile.dto.js';
import { SchoolProfilesService } from './school-profiles.service.js';

const LIST = 'school-profiles';

@ApiTags('needs')
@Controller('api/v1/school-profiles')
export class SchoolProfilesController {
  constructor(
    private readonly profiles: SchoolProfilesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List school profiles', 'What a week at home asks of a learner, by school, level and class.')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(SchoolProfileView)
  async list(@CurrentActor() actor: Actor, @Query() { schoolId, limit, cursor }: SchoolProfilesQuery): Promise<Page<SchoolProfileView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.profiles.list(actor.councilId, { schoolId }, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], SchoolProfileView.of);
  }

  @Get(':id')
  @About('Read a school profile', 'The lessons and the other work of one level or class.')
  @Shows('school_profile')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(SchoolProfileView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<SchoolProfileView> {
    return SchoolProfileView.of(orProblem(await this.profiles.get(actor.councilId, id)));
  }

  @Post()
  @About('Add a school profile', 'It holds for learners who have no timetable of their own. Needs are reckoned again.')
  @Makes('school_profile')
  @Rights('settings:write', 'council_manager', 'school_administrator')
  @Creates(SchoolProfileView)
  @Conflicts('ALREADY_EXISTS')
  async create(
    @CurrentActor() actor: Actor,
    @Body() { schoolId = null, level, className = null, live, work }: SchoolProfileBody,
  ): Promise<SchoolProfileView> {
    return SchoolProfileView.of(orProblem(await this.profiles.create(actor, { schoolId, level, className, live, work })));
  }

  @Patch(':id')
  @About('Change a school profile', 'Changes what is named and leaves the rest; needs are reckoned again.')
  @Rights('settings:write', 'council_manager', 'school_administrator')
  @Answers(SchoolProfileView)
  @Conflicts('ALREADY_EXISTS')
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: SchoolProfileChanges,
  ): Promise<SchoolProfileView> {
    return SchoolProfileView.of(orProblem(await this.profiles.update(actor, id, expected, body)));
  }
}
