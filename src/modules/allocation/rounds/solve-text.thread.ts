// What SolveController runs beside the process: a round as a text in, its result as a text out.
export { solveText as default } from '../domain/engine/solve-text.js';
