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
import { DeviceModelsService } from './device-models.service.js';
import { DeviceModelBody, DeviceModelChanges, DeviceModelsQuery, DeviceModelView } from './dto/device-model.dto.js';

const LIST = 'device-models';

@ApiTags('inventory')
@Controller('api/v1/device-models')
export class DeviceModelsController {
  constructor(
    private readonly models: DeviceModelsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List device models', 'In the order of their ids.')
  @Rights('inventory:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(DeviceModelView)
  async list(@CurrentActor() actor: Actor, @Query() { category, limit, cursor }: DeviceModelsQuery): Promise<Page<DeviceModelView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = await this.models.list(actor.councilId, category, after as string | null, limit);
    return this.cursors.page(LIST, rows, limit, ({ id }) => [id], DeviceModelView.of);
  }

  @Get(':id')
  @About('Read a device model', 'Its category, its maker and what one costs.')
  @Shows('device_model')
  @Rights('inventory:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(DeviceModelView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<DeviceModelView> {
    return DeviceModelView.of(orProblem(await this.models.get(actor.councilId, id)));
  }

  @Post()
  @About('Add a device model', 'Maker and name together are unique in the council.')
  @Makes('device_model')
  @Rights('inventory:write', 'council_manager')
  @Creates(DeviceModelView)
  @Conflicts('ALREADY_EXISTS')
  async create(@CurrentActor() actor: Actor, @Body() { unitCostCents = null, ...body }: DeviceModelBody): Promise<DeviceModelView> {
    return DeviceModelView.of(orProblem(await this.models.create(actor, { ...body, unitCostCents })));
  }

  @Patch(':id')
  @About('Change a device model', 'Changes what is named and leaves the rest.')
  @Rights('inventory:write', 'council_manager')
  @Answers(DeviceModelView)
  @Conflicts('ALREADY_EXISTS')
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: DeviceModelChanges,
  ): Promise<DeviceModelView> {
    return DeviceModelView.of(orProblem(await this.models.update(actor, id, expected, body)));
  }
}
