import { ok, refused, type Result } from '../../shared/result.js';

// These few functions read the settings. class-validator is not used, because loading it takes longer than a command on a file should take.

/** Reads the text of a variable. The reason of a refusal says what the text must be. */
type TextReader<Value> = (text: string) => Result<Value, string>;

interface Variable {
  readonly name: string;
  readonly meaning: string;
  readonly secret: boolean;
  readonly read: TextReader<unknown>;
}

/** The variables by the prototype of the class that declares them, and then by the property. */
const declared = new WeakMap<object, Map<string, Variable>>();

/** Names the environment variable of a setting and says what it means (`cli config` prints both) and how its text is read. */
export function EnvironmentVariable<Value>(name: string, meaning: string, read: TextReader<Value>, { secret = false } = {}) {
  return <Property extends string>(target: Readonly<Record<Property, Value | null>>, property: Property): void => {
    const variables = declared.get(target) ?? new Map<string, Variable>();
    declared.set(target, variables.set(property, { name, meaning, secret, read }));
  };
}

/** The variables of a class by the property that each sets, in the order in which they are declared. */
export function variablesOf(type: new () => object): readonly (readonly [property: string, variable: Variable])[] {
  return [...(declared.get(type.prototype as object) ?? [])];
}

export const anyText: TextReader<string> = ok;

/** A text that a function checks. */
export function shaped(isRight: (text: string) => boolean, message: string): TextReader<string> {
  return (text) => (isRight(text) ? ok(text) : refused(message));
}

export function matching(pattern: RegExp, message: string): TextReader<string> {
  return shaped((text) => pattern.test(text), message);
}

export function oneOf<const Word extends string>(words: readonly Word[]): TextReader<Word> {
  return (text) => {
    const word = words.find((each) => each === text);
    return word === undefined ? refused(`must be one of ${words.join(', ')}`) : ok(word);
  };
}

export const flag: TextReader<boolean> = (text) =>
  text === 'true' || text === 'false' ? ok(text === 'true') : refused('must be true or false');

export function whole(min: number, max = Number.MAX_SAFE_INTEGER): TextReader<number> {
  const words = `must be a whole number ${max === Number.MAX_SAFE_INTEGER ? `not less than ${min}` : `from ${min} to ${max}`}`;
  return (text) => {
    const value = Number(text);
    return Number.isInteger(value) && value >= min && value <= max ? ok(value) : refused(words);
  };
}

export const webAddress = shaped(
  (text) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text),
  'must be an address such as https://passerelle.example.org',
);

/** Names or addresses of machines, separated by commas. */
export const hosts: TextReader<readonly string[]> = (text) => {
  const list = text.split(',').map((host) => host.trim().toLowerCase());
  const named = list.filter((host) => host !== '');
  return named.every((host) => /^[a-z0-9.:[\]-]{1,253}$/.test(host)) ? ok(named) : refused('must be hosts such as sms.internal,10.0.0.7');
};
