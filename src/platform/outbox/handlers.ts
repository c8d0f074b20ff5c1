import { Injectable, SetMetadata } from '@nestjs/common';
import { AnnotatedMethodFinder } from './annotated-method-finder.js';
import type { Job } from './job.js';
import type { Lane } from './lanes.js';

type Handle = (job: Job) => Promise<void>;

interface Declaration {
  readonly kind?: string;
  readonly event?: string;
  readonly subscriber?: string;
  readonly lane: Lane;
}

interface Handler {
  readonly handle: Handle;
  readonly lane: Lane;
}

interface Options {
  /** `work` when left out. */
  readonly lane?: Lane;
}

const JOB = 'outbox:job';

/** The method does the jobs of this kind; each kind has one such method. It may run twice for one row. */
export const HandlesJob = (kind: string, { lane = 'work' }: Options = {}) => SetMetadata(JOB, { kind, lane } satisfies Declaration);

/** The method hears of this event, as `subscriber`; an event may have any number. */
export const HandlesEvent = (event: string, subscriber: string, { lane = 'work' }: Options = {}) =>
  SetMetadata(JOB, { event, subscriber, lane } satisfies Declaration);

const declaredKinds = new Set<string>();

/** Declares a kind of job where it is added, so that the start can tell that nobody handles it. */
export function jobKind<Kind extends string>(kind: Kind): Kind {
  declaredKinds.add(kind);
  return kind;
}

/** Every job handler of the application, found by its decorator. A missing or a doubled one stops the start. */
@Injectable()
export class HandlerRegistry {
  private readonly byKind = new Map<string, Handler>();
  private readonly byEvent = new Map<string, string[]>();

  constructor(private readonly methods: AnnotatedMethodFinder) {}

  onModuleInit(): void {
    for (const { metadata, call } of this.methods.find<Declaration, Handle>(JOB)) this.register(metadata, call);
    const missing = [...declaredKinds].filter((kind) => !this.byKind.has(kind));
    if (missing.length > 0) throw new Error(`no handler for jobs of kind ${missing.join(', ')}`);
  }

  handlerOf(kind: string): Handle | undefined {
    return this.byKind.get(kind)?.handle;
  }

  /** Where the jobs of this kind queue. @throws Error for one that nobody handles */
  laneOf(kind: string): Lane {
    const handler = this.byKind.get(kind);
    if (!handler) throw new Error(`no handler for jobs of kind ${kind}`);
    return handler.lane;
  }

  /** The kinds of the jobs that tell this event's subscribers. */
  subscribers(event: string): readonly string[] {
    return this.byEvent.get(event) ?? [];
  }

  private register({ kind, event, subscriber, lane }: Declaration, handle: Handle): void {
    const key = kind ?? `${event}>${subscriber}`;
    if (this.byKind.has(key)) throw new Error(`two handlers for jobs of kind ${key}`);
    this.byKind.set(key, { handle, lane });
    if (event !== undefined) this.byEvent.set(event, [...(this.byEvent.get(event) ?? []), key]);
  }
}
