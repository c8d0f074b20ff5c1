import { type LanguageTexts, lines, paragraphs } from './texts.js';

const DEVICES = '{items, plural, one {# aparelho} other {# aparelhos}}';

/** How the family answers: online and, where somebody can be called, by phone. */
const REACH = 'pela internet ({pages}){hasPhone, select, yes { ou por telefone ({phone})} other {}}';
const REACH_BY_SMS = '{pages}{hasPhone, select, yes {, {phone}} other {}}';
/** For what is better said than written, where somebody can be called. */
const CALL = '{hasPhone, select, yes {Telefone-nos: {phone}} other {Diga-nos pela internet: {pages}}}';
const CALL_WITHIN = '{hasPhone, select, yes {telefone-nos: {phone}} other {diga-nos pela internet: {pages}}}';
const CALL_BY_SMS = '{hasPhone, select, yes {Tel. {phone}} other {{pages}}}';

export const portuguese: LanguageTexts = {
  file: 'Processo',
  words: {
    deviceClass: { computer: 'um computador ou um tablet', connectivity: 'uma ligação à internet', accessory: 'um acessório' },
    device: {
      desktop: 'um computador de secretária',
      laptop: 'um computador portátil',
      tablet: 'um tablet',
      router: 'um router de internet',
      sim: 'um cartão SIM',
      smartphone: 'um smartphone',
      headset: 'uns auscultadores',
      webcam: 'uma câmara web',
      printer: 'uma impressora',
      charger: 'um carregador',
    },
    incidentKind: { lost: 'uma perda', stolen: 'um roubo', broken: 'uma avaria', claimed_returned: 'um aparelho já devolvido' },
    pickupDay: { today: 'hoje', tomorrow: 'amanhã', later: 'em breve' },
    decision: { upheld: 'pedido de novo à espera', dismissed: 'decisão mantida' },
    outcome: {
      found: 'aparelho encontrado',
      not_found: 'aparelho não encontrado',
      repaired: 'aparelho reparado',
      written_off: 'aparelho retirado do empréstimo',
    },
  },
  frames: {
    sms: { subject: null, body: '{councilName}, processo {reference}: {text}' },
    email: {
      subject: 'Notícias do seu processo',
      body: paragraphs('Bom dia, {contactName},', '{text}', lines('O seu processo: {reference}', '{councilName}')),
    },
    letter: { subject: 'Notícias do seu processo', body: paragraphs('Bom dia, {contactName},', '{text}', '{councilName}') },
  },
  notices: {
    request_received: {
      sms: 'Recebemos o seu pedido. Não tem de fazer nada: vamos escrever-lhe.',
      subject: 'Recebemos o seu pedido',
      body: paragraphs(
        'Recebemos o seu pedido: {deviceClass}.',
        `Não tem de fazer nada. Vamos escrever-lhe quando tivermos algo para si. Se a sua situação mudar, diga-nos ${REACH}.`,
      ),
    },
    request_refused: {
      sms: `Não podemos aceitar o seu pedido. Para saber porquê, ou se não concorda: ${REACH_BY_SMS}.`,
      subject: 'Resposta ao seu pedido',
      body: paragraphs(
        'Não podemos aceitar o seu pedido: {deviceClass}.',
        '{hasReason, select, yes {Motivo: {reason}} other {}}',
        'Se não concorda, pode pedir uma nova análise, pela internet ({pages}){hasPhone, select, yes {, por telefone ({phone})} other {}} ou por carta. Uma pessoa vai lê-la e responder-lhe.',
      ),
    },
    appeal_decided: {
      sms: `{decision, select, upheld {Analisámos de novo o seu pedido: está outra vez à espera. Não tem de fazer nada.} other {Analisámos de novo o seu pedido: a decisão mantém-se. Para saber porquê: ${REACH_BY_SMS}.}}`,
      subject: 'Resposta ao seu pedido de nova análise',
      body: paragraphs(
        'Uma pessoa analisou de novo o seu pedido: {deviceClass}.',
        '{decision, select, upheld {O seu pedido está outra vez à espera. Mantém o seu tempo de espera.} other {A decisão mantém-se: não podemos aceitar o seu pedido.}}',
        '{hasReason, select, yes {Motivo: {reason}} other {}}',
        `{decision, select, upheld {Não tem de fazer nada. Vamos escrever-lhe quando tivermos algo para si.} other {Uma pergunta? ${CALL}.}}`,
      ),
    },
    request_suspended: {
      sms: `O seu pedido está em pausa{hasUntil, select, yes { até {until, date, short}} other {}}. Mantém o tempo de espera. Para continuar: ${REACH_BY_SMS}.`,
      subject: 'O seu pedido está em pausa',
      body: paragraphs(
        'O seu pedido está em pausa: {deviceClass}.',
        '{missed, plural, =0 {} one {Não respondeu ou não veio # vez.} other {Não respondeu ou não veio # vezes.}}',
        `{hasUntil, select, yes {Continua sozinho a partir de {until, date, long}. } other {}}Mantém o seu tempo de espera. Para continuar já, diga-nos ${REACH}.`,
      ),
    },
    offer_made: {
      sms: `Temos para si {device}. Responda até {expiresOn, date, short}, ${REACH_BY_SMS}.`,
      subject: 'Temos para si {device}',
      body: paragraphs(
        'Temos para si {device}.',
        lines('Onde: {siteName}', 'Responder até: {expiresOn, date, long}'),
        `Diga-nos sim ou não e escolha uma marcação, ${REACH}. Depois dessa data, vamos propor o aparelho a outra família.`,
      ),
    },
    offer_expiring: {
      sms: `Lembrete: temos para si {device}. {days, plural, =0 {Hoje é o último dia para responder} one {Falta # dia para responder} other {Faltam # dias para responder}}, ${REACH_BY_SMS}.`,
      subject: 'Lembrete: temos para si {device}',
      body: paragraphs(
        'Temos para si {device} e esperamos a sua resposta. {days, plural, =0 {Hoje é o último dia para responder.} one {Falta # dia para responder.} other {Faltam # dias para responder.}}',
        lines('Onde: {siteName}', 'Responder até: {expiresOn, date, long}'),
        `Diga-nos sim ou não, ${REACH}. Depois dessa data, vamos propor o aparelho a outra família.`,
      ),
    },
    offer_expired: {
      sms: `Sem resposta, propomos o aparelho a outra família. Ainda precisa? Diga-nos: ${REACH_BY_SMS}.`,
      subject: 'A nossa proposta terminou',
      body: paragraphs(
        'Guardámos para si {device}, mas a data passou. Agora propomos o aparelho a outra família.',
        '{missed, plural, =0 {} one {É a primeira proposta perdida.} other {Já são # propostas perdidas.}} Mantém o seu tempo de espera.',
        `Se ainda precisa, ou se já não precisa, diga-nos ${REACH}.`,
      ),
    },
    offer_withdrawn: {
      sms: 'O aparelho que guardámos para si já não está disponível. O seu pedido mantém o lugar. Não precisa de fazer nada.',
      subject: 'O aparelho já não está disponível',
      body: paragraphs(
        'Já não podemos dar-lhe o aparelho que guardámos para si: {device}. Pedimos desculpa.',
        'A culpa não é sua. O seu pedido está de novo em espera e mantém o tempo de espera.',
        `Não precisa de fazer nada: escrevemos-lhe logo que tivermos algo para si. Uma pergunta? ${CALL}.`,
      ),
    },
    pickup_booked: {
      sms: `A sua marcação: {pickupAt}, {siteName}. Para mudar: ${REACH_BY_SMS}.`,
      subject: 'A sua marcação: {pickupAt}',
      body: paragraphs(
        'A sua marcação está feita. Vem buscar: {device}.',
        lines('Quando: {pickupAt}', 'Onde: {siteName}'),
        `Quando chegar, diga o número do seu processo: {reference}. Se não puder vir, mude a marcação ${REACH}.`,
      ),
    },
    pickup_tomorrow: {
      sms: `Marcação {pickupDay}: {pickupAt}, {siteName}. Para mudar: ${REACH_BY_SMS}.`,
      subject: 'A sua marcação é {pickupDay}',
      body: paragraphs(
        'A sua marcação é {pickupDay}. Vem buscar: {device}.',
        lines('Quando: {pickupAt}', 'Onde: {siteName}'),
        `Quando chegar, diga o número do seu processo: {reference}. Se não puder vir, mude a marcação ${REACH}.`,
      ),
    },
    pickup_cancelled: {
      sms: `Marcação anulada: {pickupAt}, {siteName}. Não venha. Mais: ${REACH_BY_SMS}.`,
      subject: 'A sua marcação foi anulada: {pickupAt}',
      body: paragraphs(
        'A sua marcação foi anulada: não venha. Pedimos desculpa, a culpa não é sua.',
        lines('Marcação anulada: {pickupAt}', 'Onde: {siteName}'),
        `{hasExpiresOn, select, yes {Continuamos a guardar para si: {device}. Escolha outra marcação até {expiresOn, date, long}, ${REACH}.} other {Já não podemos dar-lhe: {device}. O seu pedido está de novo em espera e mantém o tempo de espera. Não precisa de fazer nada: escrevemos-lhe.}}`,
      ),
    },
    loan_handed_over: {
      sms: `Tem emprestado ${DEVICES}, a devolver até {dueOn, date, short}. Um problema? ${REACH_BY_SMS}.`,
      subject: 'O seu empréstimo {loanReference}',
      body: paragraphs(
        lines('Emprestámos-lhe:', '{devices}'),
        lines('A devolver até: {dueOn, date, long}', 'Onde: {siteName}', 'Empréstimo: {loanReference}'),
        `Antes dessa data, pode pedir mais tempo. Se um aparelho se partir, se perder ou for roubado, diga-nos logo, ${REACH}.`,
      ),
    },
    loan_due: {
      sms: `A devolver até {dueOn, date, short}, {siteName}: ${DEVICES}. Mais tempo? ${CALL_BY_SMS}.`,
      subject: 'A devolver até {dueOn}',
      body: paragraphs(
        '{days, plural, =0 {O seu empréstimo termina hoje.} one {O seu empréstimo termina dentro de # dia.} other {O seu empréstimo termina dentro de # dias.}}',
        lines('A devolver:', '{devices}'),
        lines('Até: {dueOn, date, long}', 'Onde: {siteName}', 'Empréstimo: {loanReference}'),
        `Também pode vir antes. Se precisa de mais tempo, peça-nos para prolongar o empréstimo antes dessa data, ${REACH}.`,
      ),
    },
    loan_overdue: {
      sms: `O empréstimo terminou em {dueOn, date, short}. A devolver, {siteName}: ${DEVICES}. Devolveu? Perdeu? ${CALL_BY_SMS}.`,
      subject: 'O seu empréstimo está atrasado',
      body: paragraphs(
        'Fim previsto do seu empréstimo: {dueOn, date, long}. {days, plural, =0 {} one {Há # dia de atraso.} other {Há # dias de atraso.}}',
        lines('A devolver:', '{devices}'),
        lines('Onde: {siteName}', 'Empréstimo: {loanReference}'),
        `Outras famílias esperam. Se já devolveu ou perdeu um aparelho, ou se precisa de tempo, diga-nos ${REACH}. Vamos encontrar juntos uma solução.`,
      ),
    },
    loan_renewed: {
      sms: `Empréstimo prolongado até {dueOn, date, short}: ${DEVICES}. Não tem de fazer nada antes.`,
      subject: 'O seu empréstimo foi prolongado',
      body: paragraphs(
        'O seu empréstimo {loanReference} foi prolongado até {dueOn, date, long}.',
        lines('Fica com:', '{devices}'),
        `Não tem de fazer nada antes dessa data. Um problema? Diga-nos ${REACH}.`,
      ),
    },
    loan_recalled: {
      sms: `Precisamos do material emprestado. A devolver até {dueOn, date, short}, {siteName}: ${DEVICES}. ${CALL_BY_SMS}.`,
      subject: 'Precisamos do material emprestado',
      body: paragraphs(
        'Precisamos do material emprestado mais cedo do que o previsto. Pedimos desculpa.',
        lines('A devolver:', '{devices}'),
        lines('Até: {dueOn, date, long}', 'Onde: {siteName}', 'Empréstimo: {loanReference}'),
        `Se é difícil para si, ou se ainda precisa dele, ${CALL_WITHIN}. Vamos procurar uma solução.`,
      ),
    },
    loan_returned: {
      sms: `Obrigado! Recebemos ${DEVICES}. {remaining, plural, =0 {O seu empréstimo terminou.} one {Falta devolver # aparelho.} other {Falta devolver # aparelhos.}}`,
      subject: 'Obrigado pela devolução',
      body: paragraphs(
        lines('Obrigado. Recebemos:', '{devices}'),
        '{remaining, plural, =0 {O seu empréstimo {loanReference} terminou. Não tem de fazer mais nada.} one {Falta devolver # aparelho (empréstimo {loanReference}).} other {Falta devolver # aparelhos (empréstimo {loanReference}).}}',
        `Se não está certo, diga-nos ${REACH}.`,
      ),
    },
    incident_opened: {
      sms: `Registámos um problema com um aparelho emprestado. Uma pergunta ou um erro? ${CALL_BY_SMS}.`,
      subject: 'Registámos um problema com um aparelho emprestado',
      body: paragraphs(
        'Registámos um problema com um aparelho emprestado: {incidentKind}.',
        lines('Aparelho: {device}', 'Empréstimo: {loanReference}'),
        '{incidentKind, select, lost {Se o encontrar, traga-o de volta.} stolen {Apresente queixa na polícia e guarde o papel. Dê-nos o número quando o tiver.} broken {Não tente repará-lo. Traga-o: vamos ver juntos.} claimed_returned {Estamos a procurá-lo aqui. Entretanto, não recebe lembretes sobre este aparelho.} other {}}',
        `Se não está certo, ${CALL_WITHIN}.`,
      ),
    },
    incident_closed: {
      sms: `{outcome, select, not_found {Não encontrámos o aparelho aqui. Procure outra vez. ${CALL_BY_SMS}.} other {O problema com o aparelho emprestado está resolvido. Uma pergunta? ${CALL_BY_SMS}.}}`,
      subject: 'Sobre o problema com um aparelho emprestado',
      body: paragraphs(
        lines('Tínhamos registado: {incidentKind}.', 'Aparelho: {device}', 'Empréstimo: {loanReference}'),
        `{outcome, select, found {O aparelho foi encontrado. Obrigado.} not_found {Não encontrámos o aparelho aqui. Procure outra vez em casa; depois devolva-o ou ${CALL_WITHIN}.} repaired {O aparelho está reparado.} written_off {O aparelho saiu do seu empréstimo. Já não tem de o devolver.} other {}}`,
        `Uma pergunta? ${CALL}.`,
      ),
    },
    agreement_unsigned: {
      sms: 'O seu contrato de empréstimo não está assinado. Assine: {pages}, ou venha a: {siteName}.',
      subject: 'Falta assinar o seu contrato de empréstimo',
      body: paragraphs(
        'O contrato do empréstimo {loanReference} ainda não está assinado.',
        lines('Material emprestado:', '{devices}'),
        `Assine pela internet ({pages}), ou venha assinar aqui: {siteName}. Uma pergunta? ${CALL}.`,
      ),
    },
    need_review_due: {
      sms: `O seu processo ainda está certo? Verifique: ${REACH_BY_SMS}, por favor.`,
      subject: 'O seu processo ainda está certo?',
      body: paragraphs(
        'Há algum tempo disse-nos o que tem em casa. Mudou alguma coisa: computadores, telefones, internet, número de alunos?',
        `Por favor, verifique o seu processo e confirme-o ou corrija-o, ${REACH}. Assim podemos propor-lhe o que precisa.`,
      ),
    },
  },
};
