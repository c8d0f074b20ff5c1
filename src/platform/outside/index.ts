export { OutsideClient, OutsideFault } from './outside-client.js';
