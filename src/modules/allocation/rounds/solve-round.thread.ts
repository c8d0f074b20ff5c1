// Runs in a worker thread for RoundEngine: takes a round, returns its solution.
export { solveRound as default } from '../domain/engine/solve-round.js';
