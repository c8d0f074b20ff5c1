// What NeedsEngine runs beside the process for a plan that somebody sent.
export { planOf as default } from '../domain/plan-of.js';
