import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  AlsoAnswers,
  Answers,
  AnswersPage,
  Changes,
  Conflicts,
  Creates,
  Cursors,
  IdPath,
  IfMatch,
  Makes,
  Refuses,
  type Page,
  PageQuery,
  Shows,
} from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { DeskMovesService } from './desk-moves.service.js';
import { PROMISED_DEVICE_REFUSALS } from '../domain/promised-device.rules.js';
import { DevicesService } from './devices.service.js';
import { DeviceEventView, DeviceMoveBody } from './dto/device-move.dto.js';
import { DeviceBody, DeviceChanges, DeviceLookup, DevicesQuery, DeviceView, WrittenDeviceView } from './dto/device.dto.js';
import { FindDevicesService } from './find-devices.service.js';

const LIST = 'devices';
const EVENTS = 'device-events in order';

@ApiTags('inventory')
@Controller('api/v1/devices')
export class DevicesController {
  constructor(
    private readonly devices: DevicesService,
    private readonly finder: FindDevicesService,
    private readonly deskMoves: DeskMovesService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About(
    'Find devices',
    'By status, place, fund or words. A search looks at its first 1,000 hits; where there are more, `truncated` is true and there is no next page.',
  )
  @Rights('inventory:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(DeviceView, { truncates: true })
  async list(@CurrentActor() actor: Actor, @Query() { limit, cursor, ...wishes }: DevicesQuery): Promise<Page<DeviceView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const { rows, truncated } = orProblem(await this.finder.find(actor, wishes, after as string | null, limit));
    const page = this.cursors.page(LIST, rows, limit, ({ id }) => [id], DeviceView.of);
    return truncated ? { ...page, nextCursor: null, truncated } : page;
  }

  @Get('lookup')
  @About('Look a device up', 'One device by its asset tag, serial number, IMEI or ICCID: what a scanner reads.')
  @Rights('inventory:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(DeviceView)
  @AlsoAnswers('NOT_FOUND')
  async lookUp(@CurrentActor() actor: Actor, @Query() { tag }: DeviceLookup): Promise<DeviceView> {
    return DeviceView.of(orProblem(await this.devices.lookUp(actor, tag)));
  }

  @Get(':id')
  @About('Read a device', 'What it is, where it is, and how it is.')
  @Shows('device')
  @Rights('inventory:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(DeviceView)
  async get(@CurrentActor() actor: Actor, @Param() { id }: IdPath): Promise<DeviceView> {
    return DeviceView.of(orProblem(await this.devices.get(actor, id)));
  }

  @Get(':id/events')
  @About('List a device’s history', 'Every move that it made, the oldest first.')
  @Rights('inventory:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(DeviceEventView)
  async events(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<DeviceEventView>> {
    const [after] = this.cursors.after(EVENTS, cursor) ?? [null];
    const events = orProblem(await this.devices.events(actor, id, after as number | null, limit));
    return this.cursors.page(EVENTS, events, limit, (event) => [event.ordinal], DeviceEventView.of);
  }

  @Post()
  @About(
    'Register a device',
    'It begins in `intake`. Tags and numbers are unique in the council; devices that look alike are named in `possibleDuplicates`.',
  )
  @Makes('device')
  @Rights('inventory:write', 'council_manager', 'school_administrator')
  @Creates(WrittenDeviceView)
  @Conflicts('ALREADY_EXISTS')
  async create(@CurrentActor() actor: Actor, @Body() body: DeviceBody): Promise<WrittenDeviceView> {
    const {
      serialNumber = null,
      imei = null,
      iccid = null,
      fundId = null,
      accessories = [],
      acquiredOn = null,
      purchaseCostCents = null,
      notes = null,
      ...rest
    } = body;
    const values = { ...rest, serialNumber, imei, iccid, fundId, accessories, acquiredOn, purchaseCostCents, notes };
    return WrittenDeviceView.written(orProblem(await this.devices.create(actor, values)));
  }

  @Patch(':id')
  @About('Change a device', 'Changes what is named and leaves the rest. Status and place change by moves only.')
  @Rights('inventory:write', 'council_manager', 'school_administrator')
  @Answers(WrittenDeviceView)
  @Conflicts('ALREADY_EXISTS')
  @Refuses(PROMISED_DEVICE_REFUSALS)
  async update(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @IfMatch() expected: ExpectedVersion,
    @Body() body: DeviceChanges,
  ): Promise<WrittenDeviceView> {
    return WrittenDeviceView.written(orProblem(await this.devices.update(actor, id, expected, body)));
  }

  @Post(':id/moves')
  @About(
    'Move a device',
    'Prepares, inspects, sends, receives or retires it, and so on. Hand-overs and returns are no moves: see loans. An impossible move is 409 INVALID_MOVE and says which are possible.',
  )
  @Changes('device')
  @Rights('inventory:write', 'council_manager', 'school_administrator', 'desk_agent')
  @Answers(DeviceView)
  @Conflicts('INVALID_MOVE')
  async move(@CurrentActor() actor: Actor, @Param() { id }: IdPath, @Body() { move, ...said }: DeviceMoveBody): Promise<DeviceView> {
    return DeviceView.of(orProblem(await this.deskMoves.move(actor, id, move, said)));
  }
}
