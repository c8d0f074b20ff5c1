/**
 * The conditions of a list, with their values. The texts are constants, so that the same conditions always make the same statement, which is
 * prepared once. `?` stands for a value.
 */
export class Conditions {
  private readonly texts: string[];

  /** Begins with a condition without values. `values` is shared with the conditions of the statement around it. */
  constructor(
    first: string,
    readonly values: unknown[] = [],
  ) {
    this.texts = [first];
  }

  /** Adds a condition, unless one of its values is null or undefined. */
  and(text: string, ...values: unknown[]): this {
    if (!values.some((value) => value === undefined || value === null)) this.texts.push(this.bind(text, ...values));
    return this;
  }

  /** Returns a text in which each `?` is replaced by the number of its value. */
  bind(text: string, ...values: unknown[]): string {
    let number = this.values.length;
    this.values.push(...values);
    return text.replaceAll('?', () => `$${++number}`);
  }

  get text(): string {
    return this.texts.join(' AND ');
  }
}
