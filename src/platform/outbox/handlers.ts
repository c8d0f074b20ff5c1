import { Injectable, SetMetadata } from '@nestjs/common';
import type { Reader } from '../../shared/stored-json.js';
import type { Job } from './job.js';
import { declaredKinds, type JobEvent, type JobKind } from './job-kind.js';
import type { Lane } from './lanes.js';

export type JobFunction = (job: Job) => Promise<void>;

/** What does the jobs of one kind, and how their stored ids are read. */
interface Handler {
  readonly handle: JobFunction;
  readonly idsOf: Reader<unknown>;
}

/** What the decorator of a handler says of it. */
export interface Declaration extends Pick<Handler, 'idsOf'> {
  readonly lane: Lane;
  readonly kind?: string;
  readonly event?: string;
  readonly subscriber?: string;
}

interface Options {
  /** `work` when left out. */
  readonly lane?: Lane;
}

/** A decorator for a method that takes a job with these ids. */
type HandlerDecorator<Ids> = <Method extends (job: Job<Ids>) => Promise<void>>(
  target: object,
  name: string | symbol,
  method: TypedPropertyDescriptor<Method>,
) => void;

export const JOB = 'outbox:job';

/** The method does the jobs of this kind; each kind has exactly one such method. It may run twice for the same row. */
export const HandlesJob = <Ids>({ kind, lane, idsOf }: JobKind<Ids>): HandlerDecorator<Ids> =>
  SetMetadata(JOB, { kind, lane, idsOf } satisfies Declaration);

/** The method is told of this event, under the name `subscriber`. An event may have any number of subscribers. */
export const HandlesEvent = <Ids>(
  { event, idsOf }: JobEvent<Ids>,
  subscriber: string,
  { lane = 'work' }: Options = {},
): HandlerDecorator<Ids> => SetMetadata(JOB, { event, subscriber, lane, idsOf } satisfies Declaration);

/** The job by which one subscriber is told of an event. */
export interface Subscription {
  readonly kind: string;
  readonly lane: Lane;
}

/** A handler that was found. */
export interface FoundHandler {
  readonly metadata: Declaration;
  readonly call: JobFunction;
}

/**
 * Every job handler of the application. It is filled as the application starts. Where services run without the application it is not, and
 * an event that nobody would hear of is refused there.
 */
@Injectable()
export class HandlerRegistry {
  private readonly byKind = new Map<string, Handler>();
  private readonly byEvent = new Map<string, Subscription[]>();
  private isFilled = false;

  /** @throws Error when a kind has no handler, or two */
  fill(handlers: Iterable<FoundHandler>): void {
    for (const { metadata, call } of handlers) this.register(metadata, call);
    const missing = [...declaredKinds].filter((kind) => !this.byKind.has(kind));
    if (missing.length > 0) throw new Error(`no handler for jobs of kind ${missing.join(', ')}`);
    this.isFilled = true;
  }

  handlerOf(kind: string): Handler | undefined {
    return this.byKind.get(kind);
  }

  /** The jobs by which the subscribers of this event are told of it. */
  subscribers(event: string): readonly Subscription[] {
    if (!this.isFilled) throw new Error(`who is to hear of ${event} is known only in the application`);
    return this.byEvent.get(event) ?? [];
  }

  private register({ kind, event, subscriber, lane, idsOf }: Declaration, handle: JobFunction): void {
    const key = kind ?? `${event}>${subscriber}`;
    if (this.byKind.has(key)) throw new Error(`two handlers for jobs of kind ${key}`);
    this.byKind.set(key, { handle, idsOf });
    if (event !== undefined) this.byEvent.set(event, [...(this.byEvent.get(event) ?? []), { kind: key, lane }]);
  }
}
