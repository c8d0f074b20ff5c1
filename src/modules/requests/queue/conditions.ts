/**
 * The conditions of a list, with their values. The texts are constants, so that the same conditions always make the same statement,
 * which is prepared once; `?` stands for a value.
 */
export class Conditions {
  private readonly texts: string[];

  /** Begins with a condition without values; `values` are shared with the conditions of the statement around it. */
  constructor(
    first: string,
    readonly values: unknown[] = [],
  ) {
    this.texts = [first];
  }

  /** Adds a condition, unless one of its values was not asked for. */
  and(text: string, ...values: unknown[]): this {
    if (!values.some((value) => value === undefined || value === null)) this.texts.push(this.bind(text, ...values));
    return this;
  }

  /** A text with its values numbered. */
  bind(text: string, ...values: unknown[]): string {
    let number = this.values.length;
    this.values.push(...values);
    return text.replaceAll('?', () => `$${++number}`);
  }

  get text(): string {
    return this.texts.join(' AND ');
  }
}
