// The function that NeedsEngine runs in a thread for a plan that a client sent.
export { planOf as default } from '../domain/plan-of.js';
