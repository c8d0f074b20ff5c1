import { alreadyExists, type Outcome } from '../../shared/denial.js';

const UNIQUE = '23505';
const FOREIGN_KEY = '23503';

/** Which constraint a failed statement broke, if that is why it failed. TypeORM wraps the driver's error. */
export function violation(error: unknown): { kind: 'unique' | 'reference'; constraint: string } | null {
  const cause = (error as { driverError?: unknown }).driverError ?? error;
  const { code, constraint } = cause as { code?: string; constraint?: string };
  if (constraint === undefined) return null;
  if (code === UNIQUE) return { kind: 'unique', constraint };
  if (code === FOREIGN_KEY) return { kind: 'reference', constraint };
  return null;
}

/** The server ended the connection, or could not take one. */
const CONNECTION_FAULTS = ['57P01', '57P02', '57P03', '08000', '08003', '08006', '08001', '08004', '53300', '25P03'];
/** It could not do the work now: no time (30 s a statement), no disk, no memory, no turn among others, or it is a standby after a fail-over. */
const STRAITS = ['57014', '53100', '53200', '40P01', '40001', '25006'];
const AWAY = new Set([...CONNECTION_FAULTS, ...STRAITS]);
const SOCKET_FAULTS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const LOST = new Set(['57P01', '57P02', 'ECONNRESET', 'EPIPE']);
/** The last is TypeORM's word: it lets go of a connection as soon as it hears that it is gone. */
const LOST_WORDS =
  /connection terminated|client has encountered a connection error|client was closed|query runner (was )?already released/i;

const ofDatabase = new WeakSet<object>();

/** Marks an error as the database's own: sockets of others (callers who hang up, gateways, Redis) fail with the same codes. @throws always */
export function databaseFault(error: unknown): never {
  if (error !== null && typeof error === 'object') ofDatabase.add(error);
  throw error;
}

/** Whether the database is away (restarting, unreachable, out of connections, room or time), rather than the statement wrong. */
export function isDatabaseAway(error: unknown): boolean {
  const cause = causeOf(error);
  const { code = '', message = '' } = cause;
  const isSocketFault = SOCKET_FAULTS.has(code) && (cause !== error || ofDatabase.has(cause));
  return AWAY.has(code) || isSocketFault || LOST_WORDS.test(message) || /timeout exceeded when trying to connect/i.test(message);
}

/** Whether a connection that once stood is gone; another may do. */
export function isConnectionLost(error: unknown): boolean {
  const { code = '', message = '' } = causeOf(error);
  return LOST.has(code) || LOST_WORDS.test(message);
}

function causeOf(error: unknown): { code?: string; message?: string } {
  return ((error as { driverError?: unknown }).driverError ?? error) as { code?: string; message?: string };
}

/**
 * Runs a whole transaction, and answers `ALREADY_EXISTS` where it broke one of these unique constraints: name of the constraint →
 * JSON pointer of the field that must be unique.
 */
export async function whenDuplicate<T>(pointers: Readonly<Record<string, string>>, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    const broken = violation(error);
    const pointer = broken?.kind === 'unique' ? pointers[broken.constraint] : undefined;
    if (pointer === undefined) throw error;
    return alreadyExists(pointer, 'is taken already; it must be unique in the council');
  }
}
