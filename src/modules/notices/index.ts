export { BouncesService } from './receipts/bounces.service.js';
export { RunNoticesService } from './sending/run-notices.service.js';
export { DigestService } from './digest/digest.service.js';
