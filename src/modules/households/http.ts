// What the controllers of other modules use; what knows nothing of HTTP takes ./index.ts.
export { HouseholdCardField, HouseholdCardView } from './files/dto/household-card.dto.js';
export { TimeRangeBody, WorkBody } from './files/dto/parts.dto.js';
export { TimeRangeView, WorkView } from './files/dto/views.dto.js';
