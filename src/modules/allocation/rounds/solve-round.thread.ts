import { parentPort, workerData } from 'node:worker_threads';
import type { Round } from '../domain/round.js';
import { solveRound } from '../domain/solve-round.js';

// What RoundEngine runs beside the process: a round in, its solution out.
parentPort?.postMessage(solveRound(workerData as Round));
