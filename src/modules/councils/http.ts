// What the controllers of other modules use; what knows nothing of HTTP takes ./index.ts.
export { CurrentActor, Rights, RIGHTS, SignedIn } from './access/declared-rights.js';
export { DirectionsBody, OpeningHoursBody, SiteAddressView } from './resources/dto/site.dto.js';
