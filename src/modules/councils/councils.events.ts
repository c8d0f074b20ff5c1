import { Id, jobEvent } from '../../platform/index.js';

export const FUND_CHANGED = jobEvent('fund.changed', { fundId: Id.text });
/** `from` is the time zone that the council had before. */
export const TIME_ZONE_CHANGED = jobEvent('council.time_zone_changed', { from: Id.optional(Id.text) });
export const STREAMS_CHANGED = jobEvent('council.streams_changed', {});
export const CLOSED_DAYS_CHANGED = jobEvent('council.closed_days_changed', {});
export const SCHOOL_INDEX_CHANGED = jobEvent('school.index_changed', {});
export const LOAN_POLICIES_CHANGED = jobEvent('council.loan_policies_changed', {});
export const AGREEMENT_TEXTS_CHANGED = jobEvent('council.agreement_texts_changed', {});
