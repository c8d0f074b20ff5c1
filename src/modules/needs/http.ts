// What pages show of this module.
export { PLAN_STYLE } from './plans/plan-page.style.js';
export { PlanView } from './plans/plan-view.js';
