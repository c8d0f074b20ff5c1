// What NeedsEngine runs beside the process for the plan of a household that is kept here.
export { sharingPlan as default } from '../domain/sharing-plan.js';
