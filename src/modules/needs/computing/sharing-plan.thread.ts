// The function that NeedsEngine runs in a thread for the plan of a stored household.
export { sharingPlan as default } from '../domain/sharing-plan.js';
