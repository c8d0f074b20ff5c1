import type { ComponentChildren } from 'preact';
import type { Fields } from '../forms.js';

/** The field of a form that holds the token of the session. */
export const TOKEN = 'token';

interface FamilyFormProps {
  /** `visit.token`: without it the form is not taken. */
  readonly token: string;
  readonly action: string;
  readonly children: ComponentChildren;
}

/** A form of a family that is signed in. The first button in it is the one that Enter presses. */
export function FamilyForm({ token, action, children }: FamilyFormProps) {
  return (
    <form method="post" action={action} noValidate>
      <input type="hidden" name={TOKEN} value={token} />
      {children}
    </form>
  );
}

/** Fields that nobody sees and that are sent all the same. */
export function HiddenFields({ fields }: { fields: Fields }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
