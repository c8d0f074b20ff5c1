import { Id, jobEvent } from '../../platform/index.js';

export const LINE_MOVED = jobEvent('request_line.moved', { lineId: Id.text, eventId: Id.text });
