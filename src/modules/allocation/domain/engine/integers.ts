/**
 * The number at an index that is known to exist. The compiler cannot know that of a typed array, and a check would be expensive in inner
 * loops.
 */
export const at = (list: Int32Array, place: number): number => list[place] as number;

export function add(list: Int32Array, place: number, amount: number): void {
  list[place] = (list[place] as number) + amount;
}

/** The index at which each group of the given size begins, and at the end the index behind the last group. */
export function offsets(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length + 1);
  for (let group = 0; group < sizes.length; group++) starts[group + 1] = at(starts, group) + at(sizes, group);
  return starts;
}
