type Work =
  | { readonly kind: 'twice'; readonly number: number }
  | { readonly kind: 'fail'; readonly words: string }
  | { readonly kind: 'forever' | 'count' | 'end' };

let count = 0;

/** Work of every kind, for tests of threads. */
export default function work(given: Work): number {
  switch (given.kind) {
    case 'twice':
      return 2 * given.number;
    case 'count':
      return (count += 1);
    case 'fail':
      throw new RangeError(given.words);
    case 'end':
      // In a worker thread, this ends the thread and not the process.
      return process.exit(3);
    case 'forever':
      for (;;) count += 1;
  }
}
