import { ApiProperty } from '@nestjs/swagger';
import { type Lane, type LaneCount, LANES, MOST_COUNTED } from '../../../platform/index.js';
import { Field, PageQuery, Parameter } from '../../../platform/http/index.js';
import { JOB_STATES, type JobRow, type JobState } from '../jobs.repository.js';

const AND_MORE = `${MOST_COUNTED} means that many or more`;

export class JobQueueView {
  @Field.oneOf(LANES, { about: 'no queue waits for another' })
  lane: Lane;

  @Field.integer({ about: `that wait for a place; ${AND_MORE}` })
  due: number;

  @Field.integer({ about: 'that are being done' })
  running: number;

  @Field.integer({ about: `whose time is to come; ${AND_MORE}` })
  scheduled: number;

  @Field.integer({ about: `that were set aside; ${AND_MORE}` })
  dead: number;

  @Field.integer({ nullable: true, about: 'for how long the oldest of them has been due; null when none is' })
  oldestDueSeconds: number | null;

  static of(count: LaneCount): JobQueueView {
    return { ...count };
  }
}

export class JobsQuery extends PageQuery {
  @Parameter.oneOf(JOB_STATES)
  state?: JobState;

  @Parameter.oneOf(LANES)
  lane?: Lane;

  @Parameter.text({ max: 100, example: 'invitation.mail' })
  kind?: string;
}

export class JobView {
  @Field.uuid()
  id: string;

  @Field.text({ max: 100, example: 'invitation.mail', about: 'what kind of work it is' })
  kind: string;

  @Field.oneOf(LANES, { about: 'the queue that it is in' })
  lane: Lane;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'what it works on: ids, and nothing of a person' })
  ids: Readonly<Record<string, string | number>>;

  @Field.instant()
  dueAt: string;

  @Field.integer({ about: 'tries that were begun' })
  attempts: number;

  @Field.text({ nullable: true, max: 500, about: 'the kind of fault of the last try that failed' })
  lastError: string | null;

  @Field.oneOf([...JOB_STATES, 'done'], {
    about: 'scheduled: its time is to come; due: it waits for a place; running; done; dead: set aside after too many tries',
  })
  state: JobState | 'done';

  static of({ place: _place, ordinal: _ordinal, dueAt, ...job }: JobRow): JobView {
    return { ...job, dueAt: dueAt.toISOString() };
  }
}
