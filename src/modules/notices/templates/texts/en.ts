import { type LanguageTexts, lines, paragraphs } from './texts.js';

const DEVICES = '{items, plural, one {# device} other {# devices}}';

/** How the family answers: online and, where somebody can be called, by phone. */
const REACH = 'online ({pages}){hasPhone, select, yes { or by phone ({phone})} other {}}';
const REACH_BY_SMS = '{pages}{hasPhone, select, yes {, {phone}} other {}}';
/** For what is better said than written, where somebody can be called. */
const CALL = '{hasPhone, select, yes {Call us: {phone}} other {Tell us online: {pages}}}';
const CALL_WITHIN = '{hasPhone, select, yes {call us: {phone}} other {tell us online: {pages}}}';
const CALL_BY_SMS = '{hasPhone, select, yes {Tel. {phone}} other {{pages}}}';

export const english: LanguageTexts = {
  file: 'File',
  words: {
    deviceClass: { computer: 'a computer or tablet', connectivity: 'an internet connection', accessory: 'an accessory' },
    device: {
      desktop: 'a desktop computer',
      laptop: 'a laptop',
      tablet: 'a tablet',
      router: 'an internet router',
      sim: 'a SIM card',
      smartphone: 'a smartphone',
      headset: 'a headset',
      webcam: 'a webcam',
      printer: 'a printer',
      charger: 'a charger',
    },
    incidentKind: { lost: 'a loss', stolen: 'a theft', broken: 'a breakage', claimed_returned: 'a device already returned' },
    pickupDay: { today: 'today', tomorrow: 'tomorrow', later: 'soon' },
    decision: { upheld: 'request waiting again', dismissed: 'decision unchanged' },
    outcome: {
      found: 'device found',
      not_found: 'device not found',
      repaired: 'device repaired',
      written_off: 'device taken off the loan',
    },
  },
  frames: {
    sms: { subject: null, body: '{councilName}, file {reference}: {text}' },
    email: {
      subject: 'News about your file',
      body: paragraphs('Hello {contactName},', '{text}', lines('Your file: {reference}', '{councilName}')),
    },
    letter: { subject: 'News about your file', body: paragraphs('Hello {contactName},', '{text}', '{councilName}') },
  },
  notices: {
    request_received: {
      sms: 'We have received your request. You do not need to do anything: we will write to you.',
      subject: 'We have received your request',
      body: paragraphs(
        'We have received your request: {deviceClass}.',
        `You do not need to do anything. We will write to you when we have something for you. If anything changes at home, please tell us ${REACH}.`,
      ),
    },
    request_refused: {
      sms: `We cannot accept your request. To find out why, or if you do not agree: ${REACH_BY_SMS}.`,
      subject: 'Answer to your request',
      body: paragraphs(
        'We cannot accept your request: {deviceClass}.',
        '{hasReason, select, yes {Why: {reason}} other {}}',
        'If you do not agree, you can ask us to look at it again, online ({pages}){hasPhone, select, yes {, by phone ({phone})} other {}} or by letter. A person will read it and answer you.',
      ),
    },
    appeal_decided: {
      sms: `{decision, select, upheld {We have looked at your request again: it is waiting again. You do not need to do anything.} other {We have looked at your request again: the decision is the same. To find out why: ${REACH_BY_SMS}.}}`,
      subject: 'Answer to your appeal',
      body: paragraphs(
        'A person has looked at your request again: {deviceClass}.',
        '{decision, select, upheld {Your request is waiting again. You keep your waiting time.} other {The decision is the same: we cannot accept your request.}}',
        '{hasReason, select, yes {Why: {reason}} other {}}',
        `{decision, select, upheld {You do not need to do anything. We will write to you when we have something for you.} other {A question? ${CALL}.}}`,
      ),
    },
    request_suspended: {
      sms: `Your request is on hold{hasUntil, select, yes { until {until, date, short}} other {}}. You keep your waiting time. To continue: ${REACH_BY_SMS}.`,
      subject: 'Your request is on hold',
      body: paragraphs(
        'Your request is on hold: {deviceClass}.',
        '{missed, plural, =0 {} one {You missed # offer or appointment.} other {You missed # offers or appointments.}}',
        `{hasUntil, select, yes {It will continue by itself on {until, date, long}. } other {}}You keep your waiting time. To continue at once, please tell us ${REACH}.`,
      ),
    },
    offer_made: {
      sms: `We have {device} for you. Please answer by {expiresOn, date, short}, ${REACH_BY_SMS}.`,
      subject: 'We have {device} for you',
      body: paragraphs(
        'We have {device} for you.',
        lines('Where: {siteName}', 'Answer by: {expiresOn, date, long}'),
        `Please say yes or no and choose an appointment, ${REACH}. After that day we will offer the device to another family.`,
      ),
    },
    offer_expiring: {
      sms: `Reminder: we have {device} for you. {days, plural, =0 {Today is the last day to answer} one {You have # day left to answer} other {You have # days left to answer}}, ${REACH_BY_SMS}.`,
      subject: 'Reminder: we have {device} for you',
      body: paragraphs(
        'We have {device} for you and are waiting for your answer. {days, plural, =0 {Today is the last day to answer.} one {You have # day left to answer.} other {You have # days left to answer.}}',
        lines('Where: {siteName}', 'Answer by: {expiresOn, date, long}'),
        `Please say yes or no, ${REACH}. After that day we will offer the device to another family.`,
      ),
    },
    offer_expired: {
      sms: `We had no answer, so we are offering the device to another family. Do you still need one? Tell us: ${REACH_BY_SMS}.`,
      subject: 'Our offer has ended',
      body: paragraphs(
        'We kept {device} for you, but the day has passed. We are now offering the device to another family.',
        '{missed, plural, =0 {} one {This is the first offer missed.} other {That makes # offers missed.}} You keep your waiting time.',
        `If you still need one, or no longer need one, please tell us ${REACH}.`,
      ),
    },
    offer_withdrawn: {
      sms: 'The device we kept for you is no longer available. Your request keeps its place. You do not need to do anything.',
      subject: 'The device is no longer available',
      body: paragraphs(
        'We can no longer give you the device that we kept for you: {device}. We are sorry.',
        'This is not your fault. Your request is waiting again and keeps its waiting time.',
        `You do not need to do anything: we will write to you as soon as we have something for you. A question? ${CALL}.`,
      ),
    },
    pickup_booked: {
      sms: `Your appointment: {pickupAt}, {siteName}. To change it: ${REACH_BY_SMS}.`,
      subject: 'Your appointment: {pickupAt}',
      body: paragraphs(
        'Your appointment is booked. You will collect: {device}.',
        lines('When: {pickupAt}', 'Where: {siteName}'),
        `Please give the number of your file when you come: {reference}. If you cannot come, change the appointment ${REACH}.`,
      ),
    },
    pickup_tomorrow: {
      sms: `Your appointment is {pickupDay}: {pickupAt}, {siteName}. To change it: ${REACH_BY_SMS}.`,
      subject: 'Your appointment is {pickupDay}',
      body: paragraphs(
        'Your appointment is {pickupDay}. You will collect: {device}.',
        lines('When: {pickupAt}', 'Where: {siteName}'),
        `Please give the number of your file when you come: {reference}. If you cannot come, change the appointment ${REACH}.`,
      ),
    },
    pickup_cancelled: {
      sms: `Appointment cancelled: {pickupAt}, {siteName}. Do not come. Next: ${REACH_BY_SMS}.`,
      subject: 'Your appointment is cancelled: {pickupAt}',
      body: paragraphs(
        'Your appointment is cancelled: please do not come. We are sorry, this is not your fault.',
        lines('Cancelled: {pickupAt}', 'Where: {siteName}'),
        `{hasExpiresOn, select, yes {We still keep for you: {device}. Please choose another appointment by {expiresOn, date, long}, ${REACH}.} other {We can no longer give you: {device}. Your request is waiting again and keeps its waiting time. You do not need to do anything: we will write to you.}}`,
      ),
    },
    loan_handed_over: {
      sms: `You have on loan: ${DEVICES}, to bring back by {dueOn, date, short}. A problem? ${REACH_BY_SMS}.`,
      subject: 'Your loan {loanReference}',
      body: paragraphs(
        lines('We have lent you:', '{devices}'),
        lines('To bring back by: {dueOn, date, long}', 'Where: {siteName}', 'Loan: {loanReference}'),
        `Before that day you can ask for more time. If something is broken, lost or stolen, please tell us at once, ${REACH}.`,
      ),
    },
    loan_due: {
      sms: `To bring back by {dueOn, date, short}, {siteName}: ${DEVICES}. More time? ${CALL_BY_SMS}.`,
      subject: 'To bring back by {dueOn}',
      body: paragraphs(
        '{days, plural, =0 {Your loan ends today.} one {Your loan ends in # day.} other {Your loan ends in # days.}}',
        lines('To bring back:', '{devices}'),
        lines('By: {dueOn, date, long}', 'Where: {siteName}', 'Loan: {loanReference}'),
        `You can also come before. If you need more time, please ask us to extend the loan before that day, ${REACH}.`,
      ),
    },
    loan_overdue: {
      sms: `Your loan ended on {dueOn, date, short}. To bring back, {siteName}: ${DEVICES}. Already returned? Lost? ${CALL_BY_SMS}.`,
      subject: 'Your loan is overdue',
      body: paragraphs(
        'Your loan was due to end on {dueOn, date, long}. {days, plural, =0 {} one {It is # day late.} other {It is # days late.}}',
        lines('To bring back:', '{devices}'),
        lines('Where: {siteName}', 'Loan: {loanReference}'),
        `Other families are waiting. If you have already returned or lost something, or need more time, please tell us ${REACH}. We will find a way together.`,
      ),
    },
    loan_renewed: {
      sms: `Your loan is extended until {dueOn, date, short}: ${DEVICES}. You do not need to do anything before then.`,
      subject: 'Your loan is extended',
      body: paragraphs(
        'Your loan {loanReference} is extended until {dueOn, date, long}.',
        lines('You keep:', '{devices}'),
        `You do not need to do anything before that day. A problem? Tell us ${REACH}.`,
      ),
    },
    loan_recalled: {
      sms: `We need the equipment back. Please bring back by {dueOn, date, short}, {siteName}: ${DEVICES}. A problem? ${CALL_BY_SMS}.`,
      subject: 'We need the equipment back',
      body: paragraphs(
        'We need the equipment back, earlier than planned. We are sorry.',
        lines('To bring back:', '{devices}'),
        lines('By: {dueOn, date, long}', 'Where: {siteName}', 'Loan: {loanReference}'),
        `If this is hard for you, or if you still need it, ${CALL_WITHIN}. We will look for another way.`,
      ),
    },
    loan_returned: {
      sms: `Thank you! We have received ${DEVICES}. {remaining, plural, =0 {Your loan is finished.} one {# device is still to bring back.} other {# devices are still to bring back.}}`,
      subject: 'Thank you for bringing it back',
      body: paragraphs(
        lines('Thank you. We have received:', '{devices}'),
        '{remaining, plural, =0 {Your loan {loanReference} is finished. You do not need to do anything more.} one {# device is still to bring back (loan {loanReference}).} other {# devices are still to bring back (loan {loanReference}).}}',
        `If this is not right, please tell us ${REACH}.`,
      ),
    },
    incident_opened: {
      sms: `We have noted a problem with a borrowed device. A question, or a mistake? ${CALL_BY_SMS}.`,
      subject: 'We have noted a problem with a borrowed device',
      body: paragraphs(
        'We have noted a problem with a borrowed device: {incidentKind}.',
        lines('Device: {device}', 'Loan: {loanReference}'),
        '{incidentKind, select, lost {If you find it, please bring it back.} stolen {Please report the theft to the police and keep the paper. Give us its number when you have it.} broken {Please do not try to repair it. Bring it to us: we will look at it together.} claimed_returned {We are looking for it on our side. Meanwhile you get no reminders about this device.} other {}}',
        `If this is not right, ${CALL_WITHIN}.`,
      ),
    },
    incident_closed: {
      sms: `{outcome, select, not_found {We did not find the device on our side. Please look again. ${CALL_BY_SMS}.} other {The problem with the borrowed device is settled. A question? ${CALL_BY_SMS}.}}`,
      subject: 'More about the problem with a borrowed device',
      body: paragraphs(
        lines('We had noted: {incidentKind}.', 'Device: {device}', 'Loan: {loanReference}'),
        `{outcome, select, found {The device has been found. Thank you.} not_found {We did not find the device on our side. Please look at home again, then bring it back or ${CALL_WITHIN}.} repaired {The device has been repaired.} written_off {The device has been taken off your loan. You no longer have to bring it back.} other {}}`,
        `A question? ${CALL}.`,
      ),
    },
    agreement_unsigned: {
      sms: 'Your loan agreement is not signed yet. Please sign it: {pages}, or come here: {siteName}.',
      subject: 'Please sign your loan agreement',
      body: paragraphs(
        'The agreement for loan {loanReference} is not signed yet.',
        lines('Lent to you:', '{devices}'),
        `Please sign it online ({pages}), or come and sign it here: {siteName}. A question? ${CALL}.`,
      ),
    },
    need_review_due: {
      sms: `Is your file still up to date? Please check it: ${REACH_BY_SMS}.`,
      subject: 'Is your file still up to date?',
      body: paragraphs(
        'Some time ago you told us what you have at home. Has anything changed: computers, phones, internet, number of pupils?',
        `Please check your file and confirm or correct it, ${REACH}. It helps us to offer you what you need.`,
      ),
    },
  },
};
