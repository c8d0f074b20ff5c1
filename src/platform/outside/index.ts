export { Outside, OutsideFault } from './outside.js';
