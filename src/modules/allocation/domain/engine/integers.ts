/** The number at a place that is known to be there: the compiler cannot know it of a typed array, and a check would cost in inner loops. */
export const at = (list: Int32Array, place: number): number => list[place] as number;

export function add(list: Int32Array, place: number, amount: number): void {
  list[place] = (list[place] as number) + amount;
}

/** Where each of the groups begins that have these sizes, and where the last one ends. */
export function offsets(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length + 1);
  for (let group = 0; group < sizes.length; group++) starts[group + 1] = at(starts, group) + at(sizes, group);
  return starts;
}
