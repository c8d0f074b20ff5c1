export { sharingPlan } from './domain/sharing-plan.js';
export { NeedsModule } from './needs.module.js';
export { parsePlanInput } from './plan-input.js';
