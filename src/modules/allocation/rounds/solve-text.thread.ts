// Runs in a worker thread for SolveController: takes a round as text, returns its result as text.
export { solveText as default } from '../domain/engine/solve-text.js';
