import type { Benchmark } from './support/benchmark.js';
import { fullDatabase } from './support/bench-database.js';

export const benchmark: Benchmark = {
  about: 'fills a database with a million devices and 200,000 households; --data FOLDER keeps it for the others',
  async run(words) {
    const database = await fullDatabase(words);
    await database.stop();
    return { tables: { 'rows written, indexes built': database.steps }, faults: [] };
  },
};
