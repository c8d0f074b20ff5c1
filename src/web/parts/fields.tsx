import type { ComponentChildren } from 'preact';

/** What is wrong with a field, in the reader's words; by the field's name. */
export type Wrongs = Readonly<Record<string, string>>;

/** The id of a field, to which the summary of what is wrong leads. */
const idOf = (name: string): string => `field-${name}`;
const wrongIdOf = (name: string): string => `wrong-${name}`;
const hintIdOf = (name: string): string => `hint-${name}`;

/** What is wrong in a form that came back, above it: each leads to its field. */
export function WrongSummary({ title, wrongs }: { title: string; wrongs: Wrongs }) {
  const all = Object.entries(wrongs);
  if (all.length === 0) return null;
  return (
    <section class="wrongs" role="alert" tabIndex={-1} autofocus>
      <h2>{title}</h2>
      <ul class="links">
        {all.map(([name, words]) => (
          <li key={name}>
            <a href={`#${idOf(name)}`}>{words}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly wrong?: string;
  readonly type?: 'text' | 'time';
  /** The keys that a telephone shows. */
  readonly inputMode?: 'numeric';
  readonly maxLength?: number;
  /** Whether the field is short and stands beside its label. */
  readonly isBeside?: boolean;
  /** Whether a code is typed in: telephones neither correct it nor begin it with a capital letter, and browsers do not keep it. */
  readonly isCode?: boolean;
  /** What a browser may fill in by itself. */
  readonly autocomplete?: 'username' | 'one-time-code';
}

/** A field to type in. It does not switch off what browsers fill in: then they would not bring back what was typed, on the way back. */
export function TextField({
  name,
  label,
  value,
  hint,
  wrong,
  type = 'text',
  isBeside = false,
  isCode = false,
  autocomplete,
  ...rest
}: TextFieldProps) {
  const described = [...(hint === undefined ? [] : [hintIdOf(name)]), ...(wrong === undefined ? [] : [wrongIdOf(name)])];
  const input = {
    id: idOf(name),
    name,
    value,
    inputMode: rest.inputMode,
    maxLength: rest.maxLength,
    'aria-invalid': wrong === undefined ? undefined : ('true' as const),
    'aria-describedby': described.join(' ') || undefined,
    autocomplete,
    ...(isCode && ({ autocomplete: 'off', autocapitalize: 'characters', spellcheck: false } as const)),
  };
  return (
    <div class={isBeside ? 'field beside' : 'field'}>
      <label for={idOf(name)}>{label}</label>
      {hint !== undefined && (
        <span id={hintIdOf(name)} class="soft">
          {hint}
        </span>
      )}
      {type === 'time' ? <input {...input} type="time" /> : <input {...input} type="text" dir="auto" />}
      <Wrong name={name} words={wrong} />
    </div>
  );
}

interface LongTextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly wrong?: string;
  readonly maxLength: number;
}

/** A field for some sentences. */
export function LongTextField({ name, label, value, wrong, maxLength }: LongTextFieldProps) {
  return (
    <div class="field">
      <label for={idOf(name)}>{label}</label>
      <textarea
        id={idOf(name)}
        name={name}
        rows={5}
        dir="auto"
        maxLength={maxLength}
        aria-invalid={wrong === undefined ? undefined : 'true'}
        aria-describedby={wrong === undefined ? undefined : wrongIdOf(name)}
      >
        {value}
      </textarea>
      <Wrong name={name} words={wrong} />
    </div>
  );
}

interface ChoiceFieldProps {
  readonly name: string;
  /** What is asked; a heading where the page asks nothing else. */
  readonly legend: ComponentChildren;
  readonly options: readonly { readonly value: string; readonly words: string }[];
  readonly value: string;
  readonly wrong?: string;
}

/** One of a few answers. */
export function ChoiceField({ name, legend, options, value, wrong }: ChoiceFieldProps) {
  return (
    <fieldset aria-describedby={wrong === undefined ? undefined : wrongIdOf(name)}>
      <legend>{legend}</legend>
      <div class="choices">
        <Wrong name={name} words={wrong} />
        {options.map((option, place) => (
          <label key={option.value} class="choice">
            <input
              id={place === 0 ? idOf(name) : undefined}
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              aria-invalid={wrong === undefined ? undefined : 'true'}
            />
            <span>{option.words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface TickFieldProps {
  readonly name: string;
  readonly words: string;
  readonly isTicked: boolean;
  readonly isWrong?: boolean;
  readonly hint?: string;
}

/** Something that holds or does not. */
export function TickField({ name, words, isTicked, isWrong = false, hint }: TickFieldProps) {
  return (
    <label class="choice">
      <input id={idOf(name)} type="checkbox" name={name} value="yes" checked={isTicked} aria-invalid={isWrong ? 'true' : undefined} />
      <span>
        {words}
        {hint !== undefined && <span class="soft more">{hint}</span>}
      </span>
    </label>
  );
}

interface TickListProps {
  readonly legend: string;
  readonly options: readonly Omit<TickFieldProps, 'isWrong'>[];
  /** What is wrong with all of them; it is told by the name of the first. */
  readonly wrong?: string;
  /** Whether the words are too long to stand side by side. */
  readonly isLong?: boolean;
}

/** Some of several things. */
export function TickList({ legend, options, wrong, isLong = false }: TickListProps) {
  const first = options[0]?.name ?? '';
  return (
    <fieldset aria-describedby={wrong === undefined ? undefined : wrongIdOf(first)}>
      <legend class="label">{legend}</legend>
      <Wrong name={first} words={wrong} />
      <div class={isLong ? 'choices' : 'choices days'}>
        {options.map((option) => (
          <TickField key={option.name} {...option} isWrong={wrong !== undefined} />
        ))}
      </div>
    </fieldset>
  );
}

/** What is wrong with a field, beside it. */
function Wrong({ name, words }: { name: string; words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <span id={wrongIdOf(name)} class="wrong">
      {words}
    </span>
  );
}
