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
import type { Actor } from '../access/actor.js';
import { CurrentActor, Rights } from '../access/declared-rights.js';
import { SchoolBody, SchoolChanges, SchoolsQuery, SchoolView } from './dto/school.dto.js';
import { SchoolsService } from './schools.service.js';

const LIST = 'schools';

@ApiTags('schools')
@Controller('api/v1/schools')
export class SchoolsController {
  constructor(
    private readonly schools: SchoolsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List schools', 'In the order of their ids; `code` finds one by its UAI code.')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(SchoolView)
  async list(@CurrentActor() actor: Actor, @Query() { code, limit, cursor }: SchoolsQuery): Promise<Page<SchoolView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.schools.list(actor.councilId, { code }, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], SchoolView.of);
  }

  @Get(':id')
  @About('Read a school', 'Its UAI code, name, level and municipality.')
  @Shows('school')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(SchoolView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<SchoolView> {
    return SchoolView.of(orProblem(await this.schools.get(actor.councilId, id)));
  }

  @Post()
  @About('Add a school', 'Its UAI code is unique in the council: 409 ALREADY_EXISTS where it is there already.')
  @Makes('school')
  @Rights('settings:write', 'council_manager')
  @Creates(SchoolView)
  @Conflicts('ALREADY_EXISTS')
  async create(@CurrentActor() actor: Actor, @Body() body: SchoolBody): Promise<SchoolView> {
    const { code, name, level, municipalityCode = null, email = null, socialIndex = null } = body;
    return SchoolView.of(orProblem(await this.schools.create(actor, { code, name, level, municipalityCode, email, socialIndex })));
  }

  @Patch(':id')
  @About('Change a school', 'Changes what is named and leaves the rest.')
  @Rights('settings:write', 'council_manager')
  @Answers(SchoolView)
  @Conflicts('ALREADY_EXISTS')
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: SchoolChanges,
  ): Promise<SchoolView> {
    return SchoolView.of(orProblem(await this.schools.update(actor, id, expected, body)));
  }
}
