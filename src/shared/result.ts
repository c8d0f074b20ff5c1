/** The result of something that may be refused. An expected refusal is a value; an exception is a fault of the program. */
export type Result<Value, Reason> = Ok<Value> | Refused<Reason>;

export interface Ok<Value> {
  readonly ok: true;
  readonly value: Value;
}

export interface Refused<Reason> {
  readonly ok: false;
  readonly reason: Reason;
}

export function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value };
}

export function refused<Reason>(reason: Reason): Refused<Reason> {
  return { ok: false, reason };
}
