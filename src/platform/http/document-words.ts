/** What a name means wherever it stands, unless the field says it itself (`about`). */
export interface Meaning {
  readonly is: string;
  /** What null means, where the field may be null. */
  readonly null?: string;
}

/** What the document says beyond what the code says of itself. */
export interface DocumentWords {
  readonly title: string;
  readonly description: string;
  /** Each tag of a controller, in the order of the document. */
  readonly tags: Readonly<Record<string, string>>;
  /** Each scope that a client may hold. */
  readonly scopes: Readonly<Record<string, string>>;
  /** Fields of bodies and answers. */
  readonly fields: Readonly<Record<string, Meaning>>;
  /** Parameters of queries that narrow a list. */
  readonly filters: Readonly<Record<string, string>>;
  /** Parameters of paths: `{id}` by the segment before it, others by their name. */
  readonly path: Readonly<Record<string, string>>;
}
