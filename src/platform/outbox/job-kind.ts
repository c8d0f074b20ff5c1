import { isDay } from '../../shared/day.js';
import { membersOf, numberOr, type Reader, textOr } from '../../shared/stored-json.js';
import { type Job, PermanentFailure } from './job.js';
import type { Lane } from './lanes.js';

/** Reads one id from a stored value; undefined means that there is none. */
interface IdReader<Value, Optional extends boolean = false> {
  readonly read: Reader<Value | undefined>;
  readonly isOptional: Optional;
}

/** The ids of a kind of job or of an event, by name, as they are declared. */
type IdReaders = Readonly<Record<string, IdReader<string | number, boolean>>>;

type ValueOf<Each> = Each extends IdReader<infer Value, boolean> ? Value : never;
type OptionalOf<Readers> = { [Name in keyof Readers]: Readers[Name] extends IdReader<unknown, true> ? Name : never }[keyof Readers];

/** The ids as whoever adds a job passes them, and as its handler receives them. */
type IdsOf<Readers> = keyof Readers extends never
  ? Readonly<Record<string, never>>
  : { readonly [Name in Exclude<keyof Readers, OptionalOf<Readers>>]: ValueOf<Readers[Name]> } & {
      readonly [Name in OptionalOf<Readers>]?: ValueOf<Readers[Name]>;
    };

const required = <Value>(read: Reader<Value | undefined>): IdReader<Value> => ({ read, isOptional: false });

/** The types that an id of a job can have. */
export const Id = {
  text: required(textOr(undefined)),
  number: required(numberOr(undefined)),
  day: required((stored) => (typeof stored === 'string' && isDay(stored) ? stored : undefined)),
  word: <const Word extends string>(words: readonly Word[]) => required((stored) => words.find((word) => word === stored)),
  optional: <Value>({ read }: IdReader<Value>): IdReader<Value, true> => ({ read, isOptional: true }),
};

/** A kind of job, with its lane and the ids that its jobs have. */
export interface JobKind<Ids> {
  readonly kind: string;
  readonly lane: Lane;
  /** @throws PermanentFailure when an id that is not optional is missing */
  readonly idsOf: Reader<Ids>;
}

/** Something that other modules may want to know, with the ids that they are told. Each subscriber has a job of its own. */
export interface JobEvent<Ids> {
  readonly event: string;
  /** @throws PermanentFailure when an id that is not optional is missing */
  readonly idsOf: Reader<Ids>;
}

/** A job of this kind, or one that tells of this event, as its handler receives it. */
export type JobOf<Kind extends { readonly idsOf: Reader<unknown> }> = Job<ReturnType<Kind['idsOf']>>;

interface Options {
  /** `work` when left out. */
  readonly lane?: Lane;
}

const declared = new Set<string>();
/** Every declared kind of job. The start fails for a kind without a handler. */
export const declaredKinds: ReadonlySet<string> = declared;

/** Declares a kind of job, in the file where such jobs are added. */
export function jobKind<Readers extends IdReaders>(kind: string, ids: Readers, { lane = 'work' }: Options = {}): JobKind<IdsOf<Readers>> {
  declared.add(kind);
  return { kind, lane, idsOf: readerOf(ids) };
}

/** Declares an event, in the file where it is announced. The subscriber chooses the lane of its job. */
export function jobEvent<Readers extends IdReaders>(event: string, ids: Readers): JobEvent<IdsOf<Readers>> {
  return { event, idsOf: readerOf(ids) };
}

function readerOf<Readers extends IdReaders>(readers: Readers): Reader<IdsOf<Readers>> {
  const names = Object.entries(readers);
  return (stored) => {
    const members = membersOf(stored);
    const ids = names.flatMap(([name, { read, isOptional }]) => {
      const id = read(members[name]);
      if (id === undefined && !isOptional) throw new PermanentFailure('an id is missing without which there is nothing to do');
      return id === undefined ? [] : [[name, id] as const];
    });
    // Each id has been read by the reader of its declaration.
    return Object.fromEntries(ids) as IdsOf<Readers>;
  };
}
