import { type LanguageTexts, lines, paragraphs } from './texts.js';

const DEVICES = '{items, plural, one {# appareil} other {# appareils}}';

/** How the family answers: online and, where somebody can be called, by phone. */
const REACH = 'en ligne ({pages}){hasPhone, select, yes { ou par téléphone ({phone})} other {}}';
const REACH_BY_SMS = '{pages}{hasPhone, select, yes {, {phone}} other {}}';
/** For what is better said than written, where somebody can be called. */
const CALL = '{hasPhone, select, yes {Appelez-nous : {phone}} other {Dites-le-nous en ligne : {pages}}}';
const CALL_WITHIN = '{hasPhone, select, yes {appelez-nous : {phone}} other {dites-le-nous en ligne : {pages}}}';
const CALL_BY_SMS = '{hasPhone, select, yes {Tél. {phone}} other {{pages}}}';

export const french: LanguageTexts = {
  file: 'Dossier',
  words: {
    deviceClass: { computer: 'un ordinateur ou une tablette', connectivity: 'une connexion à internet', accessory: 'un accessoire' },
    device: {
      desktop: 'un ordinateur fixe',
      laptop: 'un ordinateur portable',
      tablet: 'une tablette',
      router: 'une box internet',
      sim: 'une carte SIM',
      smartphone: 'un smartphone',
      headset: 'un casque',
      webcam: 'une webcam',
      printer: 'une imprimante',
      charger: 'un chargeur',
    },
    incidentKind: { lost: 'une perte', stolen: 'un vol', broken: 'une panne ou une casse', claimed_returned: 'un appareil déjà rendu' },
    pickupDay: { today: 'aujourd’hui', tomorrow: 'demain', later: 'bientôt' },
    decision: { upheld: 'demande remise en attente', dismissed: 'décision inchangée' },
    outcome: {
      found: 'appareil retrouvé',
      not_found: 'appareil non retrouvé',
      repaired: 'appareil réparé',
      written_off: 'appareil retiré du prêt',
    },
  },
  frames: {
    sms: { subject: null, body: '{councilName}, dossier {reference} : {text}' },
    email: {
      subject: 'Des nouvelles de votre dossier',
      body: paragraphs('Bonjour {contactName},', '{text}', lines('Votre dossier : {reference}', '{councilName}')),
    },
    letter: { subject: 'Des nouvelles de votre dossier', body: paragraphs('Bonjour {contactName},', '{text}', '{councilName}') },
  },
  notices: {
    request_received: {
      sms: 'Nous avons bien reçu votre demande. Vous n’avez rien à faire : nous vous écrirons.',
      subject: 'Votre demande est bien reçue',
      body: paragraphs(
        'Nous avons bien reçu votre demande : {deviceClass}.',
        `Vous n’avez rien à faire. Nous vous écrirons quand nous aurons quelque chose pour vous. Si votre situation change, dites-le-nous ${REACH}.`,
      ),
    },
    request_refused: {
      sms: `Nous ne pouvons pas accepter votre demande. Pour savoir pourquoi ou la contester : ${REACH_BY_SMS}.`,
      subject: 'Réponse à votre demande',
      body: paragraphs(
        'Nous ne pouvons pas accepter votre demande : {deviceClass}.',
        '{hasReason, select, yes {Motif : {reason}} other {}}',
        'Si vous n’êtes pas d’accord, vous pouvez demander un nouvel examen, en ligne ({pages}){hasPhone, select, yes {, par téléphone ({phone})} other {}} ou par courrier. Une personne lira votre demande et vous répondra.',
      ),
    },
    appeal_decided: {
      sms: `{decision, select, upheld {Nous avons réexaminé votre demande : elle est de nouveau en attente. Vous n’avez rien à faire.} other {Nous avons réexaminé votre demande : la décision reste la même. Pour savoir pourquoi : ${REACH_BY_SMS}.}}`,
      subject: 'Réponse à votre demande de nouvel examen',
      body: paragraphs(
        'Une personne a examiné de nouveau votre demande : {deviceClass}.',
        '{decision, select, upheld {Votre demande est de nouveau en attente. Votre temps d’attente est conservé.} other {La décision reste la même : nous ne pouvons pas accepter votre demande.}}',
        '{hasReason, select, yes {Motif : {reason}} other {}}',
        `{decision, select, upheld {Vous n’avez rien à faire. Nous vous écrirons quand nous aurons quelque chose pour vous.} other {Une question ? ${CALL}.}}`,
      ),
    },
    request_suspended: {
      sms: `Votre demande est en pause{hasUntil, select, yes { jusqu’au {until, date, short}} other {}}. Vous ne perdez rien. Pour reprendre : ${REACH_BY_SMS}.`,
      subject: 'Votre demande est en pause',
      body: paragraphs(
        'Votre demande est en pause : {deviceClass}.',
        '{missed, plural, =0 {} one {Vous avez manqué # proposition ou rendez-vous.} other {Vous avez manqué # propositions ou rendez-vous.}}',
        `{hasUntil, select, yes {Elle reprendra seule le {until, date, long}. } other {}}Votre temps d’attente est conservé. Pour la reprendre tout de suite, dites-le-nous ${REACH}.`,
      ),
    },
    offer_made: {
      sms: `Nous avons {device} pour vous. Répondez au plus tard le {expiresOn, date, short}, ${REACH_BY_SMS}.`,
      subject: 'Nous avons {device} pour vous',
      body: paragraphs(
        'Nous avons {device} pour vous.',
        lines('Où : {siteName}', 'Répondre au plus tard le : {expiresOn, date, long}'),
        `Dites-nous oui ou non et choisissez un rendez-vous, ${REACH}. Après cette date, nous proposerons l’appareil à une autre famille.`,
      ),
    },
    offer_expiring: {
      sms: `Rappel : nous avons {device} pour vous. {days, plural, =0 {Dernier jour pour répondre} one {Il reste # jour pour répondre} other {Il reste # jours pour répondre}}, ${REACH_BY_SMS}.`,
      subject: 'Rappel : nous avons {device} pour vous',
      body: paragraphs(
        'Nous avons {device} pour vous et nous attendons votre réponse. {days, plural, =0 {C’est le dernier jour pour répondre.} one {Il reste # jour pour répondre.} other {Il reste # jours pour répondre.}}',
        lines('Où : {siteName}', 'Répondre au plus tard le : {expiresOn, date, long}'),
        `Dites-nous oui ou non, ${REACH}. Après cette date, nous proposerons l’appareil à une autre famille.`,
      ),
    },
    offer_expired: {
      sms: `Sans réponse, nous proposons l’appareil à une autre famille. Encore besoin ? Dites-le : ${REACH_BY_SMS}.`,
      subject: 'Notre proposition est terminée',
      body: paragraphs(
        'Nous gardions pour vous {device}, mais la date est passée. Nous proposons maintenant l’appareil à une autre famille.',
        '{missed, plural, =0 {} one {C’est la première proposition manquée.} other {Cela fait # propositions manquées.}} Votre temps d’attente est conservé.',
        `Si vous en avez encore besoin, ou si vous n’en avez plus besoin, dites-le-nous ${REACH}.`,
      ),
    },
    offer_withdrawn: {
      sms: 'L’appareil que nous gardions pour vous n’est plus disponible. Votre demande garde sa place. Rien à faire.',
      subject: 'L’appareil n’est plus disponible',
      body: paragraphs(
        'Nous ne pouvons plus vous donner l’appareil que nous gardions pour vous : {device}. Nous en sommes désolés.',
        'Ce n’est pas de votre faute. Votre demande est de nouveau en attente et garde son temps d’attente.',
        `Vous n’avez rien à faire : nous vous écrirons dès que nous aurons quelque chose pour vous. Une question ? ${CALL}.`,
      ),
    },
    pickup_booked: {
      sms: `Rendez-vous {pickupAt}, {siteName}. Pour le changer : ${REACH_BY_SMS}.`,
      subject: 'Votre rendez-vous : {pickupAt}',
      body: paragraphs(
        'Votre rendez-vous est noté. Vous viendrez chercher : {device}.',
        lines('Quand : {pickupAt}', 'Où : {siteName}'),
        `Donnez le numéro de votre dossier en arrivant : {reference}. Si vous ne pouvez pas venir, changez le rendez-vous ${REACH}.`,
      ),
    },
    pickup_tomorrow: {
      sms: `Rendez-vous {pickupDay}, {pickupAt}, {siteName}. Pour le changer : ${REACH_BY_SMS}.`,
      subject: 'Votre rendez-vous est {pickupDay}',
      body: paragraphs(
        'Votre rendez-vous est {pickupDay}. Vous viendrez chercher : {device}.',
        lines('Quand : {pickupAt}', 'Où : {siteName}'),
        `Donnez le numéro de votre dossier en arrivant : {reference}. Si vous ne pouvez pas venir, changez le rendez-vous ${REACH}.`,
      ),
    },
    pickup_cancelled: {
      sms: `Rendez-vous annulé : {pickupAt}, {siteName}. Ne venez pas. Voir ${REACH_BY_SMS}.`,
      subject: 'Votre rendez-vous est annulé : {pickupAt}',
      body: paragraphs(
        'Votre rendez-vous est annulé : ne venez pas. Nous en sommes désolés, ce n’est pas de votre faute.',
        lines('Rendez-vous annulé : {pickupAt}', 'Où : {siteName}'),
        `{hasExpiresOn, select, yes {Nous gardons toujours pour vous : {device}. Choisissez un autre rendez-vous au plus tard le {expiresOn, date, long}, ${REACH}.} other {Nous ne pouvons plus vous donner : {device}. Votre demande est de nouveau en attente et garde son temps d’attente. Vous n’avez rien à faire : nous vous écrirons.}}`,
      ),
    },
    loan_handed_over: {
      sms: `Vous avez en prêt ${DEVICES}, à rendre le {dueOn, date, short} au plus tard. Un problème ? ${REACH_BY_SMS}.`,
      subject: 'Votre prêt {loanReference}',
      body: paragraphs(
        lines('Nous vous avons prêté :', '{devices}'),
        lines('À rendre au plus tard le : {dueOn, date, long}', 'Où : {siteName}', 'Prêt : {loanReference}'),
        `Avant cette date, vous pouvez demander à prolonger le prêt. Si un appareil est cassé, perdu ou volé, dites-le-nous tout de suite, ${REACH}.`,
      ),
    },
    loan_due: {
      sms: `À rendre le {dueOn, date, short} au plus tard, {siteName} : ${DEVICES}. Besoin de temps ? ${CALL_BY_SMS}.`,
      subject: 'À rendre au plus tard le {dueOn}',
      body: paragraphs(
        '{days, plural, =0 {Votre prêt se termine aujourd’hui.} one {Votre prêt se termine dans # jour.} other {Votre prêt se termine dans # jours.}}',
        lines('À rendre :', '{devices}'),
        lines('Au plus tard le : {dueOn, date, long}', 'Où : {siteName}', 'Prêt : {loanReference}'),
        `Vous pouvez aussi venir avant. Si vous avez besoin de plus de temps, demandez-nous de prolonger le prêt avant cette date, ${REACH}.`,
      ),
    },
    loan_overdue: {
      sms: `Prêt terminé le {dueOn, date, short}. À rendre, {siteName} : ${DEVICES}. Déjà rendu ? Perdu ? ${CALL_BY_SMS}.`,
      subject: 'Votre prêt est en retard',
      body: paragraphs(
        'Votre prêt devait se terminer le {dueOn, date, long}. {days, plural, =0 {} one {Il y a # jour de retard.} other {Il y a # jours de retard.}}',
        lines('À rendre :', '{devices}'),
        lines('Où : {siteName}', 'Prêt : {loanReference}'),
        `D’autres familles attendent. Si vous avez déjà rendu ou perdu un appareil, ou si vous avez besoin de temps, dites-le-nous ${REACH}. Nous trouverons une solution ensemble.`,
      ),
    },
    loan_renewed: {
      sms: `Prêt prolongé jusqu’au {dueOn, date, short} : ${DEVICES}. Vous n’avez rien à faire avant.`,
      subject: 'Votre prêt est prolongé',
      body: paragraphs(
        'Votre prêt {loanReference} est prolongé jusqu’au {dueOn, date, long}.',
        lines('Vous gardez :', '{devices}'),
        `Vous n’avez rien à faire avant cette date. Un problème ? Dites-le-nous ${REACH}.`,
      ),
    },
    loan_recalled: {
      sms: `Il nous faut le matériel prêté. À rendre le {dueOn, date, short} au plus tard, {siteName} : ${DEVICES}. ${CALL_BY_SMS}.`,
      subject: 'Nous avons besoin du matériel prêté',
      body: paragraphs(
        'Nous avons besoin du matériel prêté, plus tôt que prévu. Nous en sommes désolés.',
        lines('À rendre :', '{devices}'),
        lines('Au plus tard le : {dueOn, date, long}', 'Où : {siteName}', 'Prêt : {loanReference}'),
        `Si c’est difficile pour vous, ou si vous en avez encore besoin, ${CALL_WITHIN}. Nous chercherons une solution.`,
      ),
    },
    loan_returned: {
      sms: `Merci ! Nous avons reçu ${DEVICES}. {remaining, plural, =0 {Votre prêt est terminé.} one {Il reste # appareil à rendre.} other {Il reste # appareils à rendre.}}`,
      subject: 'Merci pour votre retour',
      body: paragraphs(
        lines('Merci. Nous avons reçu :', '{devices}'),
        '{remaining, plural, =0 {Votre prêt {loanReference} est terminé. Vous n’avez plus rien à faire.} one {Il reste # appareil à rendre (prêt {loanReference}).} other {Il reste # appareils à rendre (prêt {loanReference}).}}',
        `Si ce n’est pas juste, dites-le-nous ${REACH}.`,
      ),
    },
    incident_opened: {
      sms: `Nous avons noté un problème avec un appareil prêté. Une question ou une erreur ? ${CALL_BY_SMS}.`,
      subject: 'Nous avons noté un problème avec un appareil prêté',
      body: paragraphs(
        'Nous avons noté un problème avec un appareil prêté : {incidentKind}.',
        lines('Appareil : {device}', 'Prêt : {loanReference}'),
        '{incidentKind, select, lost {Si vous le retrouvez, rapportez-le-nous.} stolen {Déposez plainte à la police et gardez le papier. Donnez-nous son numéro quand vous l’aurez.} broken {N’essayez pas de le réparer. Rapportez-le-nous : nous regarderons ensemble.} claimed_returned {Nous le cherchons chez nous. Pendant ce temps, vous ne recevrez pas de rappel pour cet appareil.} other {}}',
        `Si ce n’est pas juste, ${CALL_WITHIN}.`,
      ),
    },
    incident_closed: {
      sms: `{outcome, select, not_found {Nous n’avons pas retrouvé l’appareil chez nous. Cherchez encore. ${CALL_BY_SMS}.} other {Le problème avec l’appareil prêté est réglé. Une question ? ${CALL_BY_SMS}.}}`,
      subject: 'Suite du problème avec un appareil prêté',
      body: paragraphs(
        lines('Nous avions noté : {incidentKind}.', 'Appareil : {device}', 'Prêt : {loanReference}'),
        `{outcome, select, found {L’appareil est retrouvé. Merci.} not_found {Nous n’avons pas retrouvé l’appareil chez nous. Cherchez encore chez vous, puis rapportez-le ou ${CALL_WITHIN}.} repaired {L’appareil est réparé.} written_off {L’appareil est retiré de votre prêt. Vous n’avez plus à le rendre.} other {}}`,
        `Une question ? ${CALL}.`,
      ),
    },
    agreement_unsigned: {
      sms: 'Votre convention de prêt n’est pas encore signée. Signez-la : {pages}, ou venez : {siteName}.',
      subject: 'Votre convention de prêt est à signer',
      body: paragraphs(
        'La convention du prêt {loanReference} n’est pas encore signée.',
        lines('Matériel prêté :', '{devices}'),
        `Signez-la en ligne ({pages}), ou venez la signer ici : {siteName}. Une question ? ${CALL}.`,
      ),
    },
    need_review_due: {
      sms: `Votre dossier est-il toujours à jour ? Merci de le vérifier : ${REACH_BY_SMS}.`,
      subject: 'Votre dossier est-il toujours à jour ?',
      body: paragraphs(
        'Vous nous avez dit, il y a quelque temps, ce que vous avez à la maison. Est-ce que quelque chose a changé : ordinateurs, téléphones, internet, nombre d’élèves ?',
        `Merci de vérifier votre dossier et de le confirmer ou de le corriger, ${REACH}. Cela nous aide à vous proposer ce qu’il vous faut.`,
      ),
    },
  },
};
