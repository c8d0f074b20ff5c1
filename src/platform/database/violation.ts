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

const CONNECTION_FAULTS = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', '08001', '08004', '53300']);
const SOCKET_FAULTS = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** Whether the database is away (restarting, unreachable, out of connections), rather than the statement wrong. */
export function isDatabaseAway(error: unknown): boolean {
  const cause = ((error as { driverError?: unknown }).driverError ?? error) as { code?: string; message?: string };
  if (CONNECTION_FAULTS.has(cause.code ?? '') || SOCKET_FAULTS.has(cause.code ?? '')) return true;
  return /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i.test(cause.message ?? '');
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
