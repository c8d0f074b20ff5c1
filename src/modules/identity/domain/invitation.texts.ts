export interface InvitationText {
  readonly language: 'fr' | 'en';
  readonly subject: string;
  readonly text: string;
}

interface InvitationFacts {
  readonly councilName: string;
  readonly link: string;
  /** The last day on which the link is valid, in the form `2026-11-09`, which no language has to translate. */
  readonly until: string;
}

/** The mail to a person who is invited to choose a password, in the council's language if there is a text in it, else in French. */
export function invitationText(locale: string, { councilName, link, until }: InvitationFacts): InvitationText {
  if (locale.split('-')[0] === 'en') {
    return {
      language: 'en',
      subject: 'Choose your password for Passerelle',
      text: `Hello,

${councilName} has made an account for you on Passerelle, which lends computers and connections to families.

Choose your password here, until ${until}:
${link}

The link works once. Opening it does not use it up. If you did not expect this message, you need do nothing.
`,
    };
  }
  return {
    language: 'fr',
    subject: 'Choisissez votre mot de passe pour Passerelle',
    text: `Bonjour,

${councilName} vous a ouvert un compte sur Passerelle, qui prête des ordinateurs et des connexions aux familles.

Choisissez votre mot de passe ici, jusqu'au ${until} :
${link}

Ce lien sert une seule fois. L'ouvrir ne l'épuise pas. Si vous n'attendiez pas ce message, vous n'avez rien à faire.
`,
  };
}
