/** Nobody is signed in with this browser, or not any more. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded';
}

/** A form has the token of another session: somebody signed in again while it was open. */
export class FormOutlived extends Error {
  override readonly name = 'FormOutlived';
}
