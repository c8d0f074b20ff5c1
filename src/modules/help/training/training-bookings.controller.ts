import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import {
  About,
  Answers,
  AnswersNothing,
  AnswersPage,
  Creates,
  Cursors,
  IdPath,
  Makes,
  type Page,
  PageQuery,
  Refuses,
  Shows,
} from '../../../platform/http/index.js';
import type { Actor } from '../../councils/index.js';
import { CurrentActor, Rights } from '../../councils/http.js';
import { TRAINING_REFUSALS } from '../domain/training.rules.js';
import { TrainingBookingBody, TrainingBookingPath, TrainingBookingView } from './dto/training-booking.dto.js';
import { TrainingBookingsService } from './training-bookings.service.js';

const LIST = 'training-bookings';

@ApiTags('help')
@Controller('api/v1/training-sessions/:id/bookings')
export class TrainingBookingsController {
  constructor(
    private readonly bookings: TrainingBookingsService,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @About('List who comes to a workshop', 'The households that have a place, in the order of their ids.')
  @Rights('households:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @AnswersPage(TrainingBookingView)
  async list(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<TrainingBookingView>> {
    const [after] = this.cursors.after(LIST, cursor) ?? [null];
    const rows = orProblem(await this.bookings.list(actor, id, after as string | null, limit));
    return this.cursors.page(LIST, rows, limit, ({ householdId }) => [householdId], TrainingBookingView.of);
  }

  @Get(':householdId')
  @About('Read a place in a workshop', 'When it was taken, and by whom. A household without a place: 404.')
  @Shows('training_booking', { by: 'householdId' })
  @Rights('households:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor', 'family')
  @Answers(TrainingBookingView)
  async get(@CurrentActor() actor: Actor, @Param() { id, householdId }: TrainingBookingPath): Promise<TrainingBookingView> {
    return TrainingBookingView.of(orProblem(await this.bookings.find(actor, id, householdId)));
  }

  @Post()
  @About(
    'Book a place in a workshop',
    'A family books for itself, staff for a household. A household has one place, and no more are given than there are.',
  )
  @Makes('training_booking')
  @Rights('households:write', 'council_manager', 'school_administrator', 'desk_agent', 'family')
  @Creates(TrainingBookingView)
  @Refuses(TRAINING_REFUSALS)
  async book(
    @CurrentActor() actor: Actor,
    @Param() { id }: IdPath,
    @Body() { householdId }: TrainingBookingBody,
  ): Promise<TrainingBookingView> {
    return TrainingBookingView.of(orProblem(await this.bookings.book(actor, id, householdId)));
  }

  @Delete(':householdId')
  @About('Give a place in a workshop back', 'Another household may have it then.')
  @Rights('households:write', 'council_manager', 'school_administrator', 'desk_agent', 'family')
  @AnswersNothing()
  async cancel(@CurrentActor() actor: Actor, @Param() { id, householdId }: TrainingBookingPath): Promise<void> {
    orProblem(await this.bookings.cancel(actor, id, householdId));
  }
}
