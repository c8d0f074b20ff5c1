// What RoundEngine runs beside the process: a round in, its solution out.
export { solveRound as default } from '../domain/engine/solve-round.js';
