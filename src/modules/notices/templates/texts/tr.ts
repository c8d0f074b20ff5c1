import { type LanguageTexts, lines, paragraphs } from './texts.js';

/** How the family answers: online and, where somebody can be called, by phone. */
const REACH = 'internetten ({pages}){hasPhone, select, yes { veya telefonla ({phone})} other {}}';
const REACH_BY_SMS = '{pages}{hasPhone, select, yes {, {phone}} other {}}';
/** For what is better said than written, where somebody can be called. */
const CALL = '{hasPhone, select, yes {Bizi arayın: {phone}} other {İnternetten bildirin: {pages}}}';
const CALL_WITHIN = '{hasPhone, select, yes {bizi arayın: {phone}} other {internetten bildirin: {pages}}}';
const CALL_BY_SMS = '{hasPhone, select, yes {Tel. {phone}} other {{pages}}}';

// A noun after a number stays as it is, so that no text needs plural forms.
export const turkish: LanguageTexts = {
  file: 'Dosya',
  words: {
    deviceClass: { computer: 'bilgisayar veya tablet', connectivity: 'internet bağlantısı', accessory: 'aksesuar' },
    device: {
      desktop: 'masaüstü bilgisayar',
      laptop: 'dizüstü bilgisayar',
      tablet: 'tablet',
      router: 'internet modemi',
      sim: 'SIM kart',
      smartphone: 'akıllı telefon',
      headset: 'kulaklık',
      webcam: 'web kamerası',
      printer: 'yazıcı',
      charger: 'şarj aleti',
    },
    incidentKind: { lost: 'kayıp', stolen: 'hırsızlık', broken: 'arıza veya kırılma', claimed_returned: 'geri verilmiş cihaz' },
    pickupDay: { today: 'bugün', tomorrow: 'yarın', later: 'yakında' },
    decision: { upheld: 'talep yeniden sırada', dismissed: 'karar değişmedi' },
    outcome: {
      found: 'cihaz bulundu',
      not_found: 'cihaz bulunamadı',
      repaired: 'cihaz onarıldı',
      written_off: 'cihaz ödünçten çıkarıldı',
    },
  },
  frames: {
    sms: { subject: null, body: '{councilName}, dosya {reference}: {text}' },
    email: {
      subject: 'Dosyanız hakkında haberler',
      body: paragraphs('Merhaba {contactName},', '{text}', lines('Dosyanız: {reference}', '{councilName}')),
    },
    letter: { subject: 'Dosyanız hakkında haberler', body: paragraphs('Merhaba {contactName},', '{text}', '{councilName}') },
  },
  notices: {
    request_received: {
      sms: 'Talebinizi aldık. Şimdi bir şey yapmanız gerekmiyor: size yazacağız.',
      subject: 'Talebinizi aldık',
      body: paragraphs(
        'Talebinizi aldık: {deviceClass}.',
        `Şimdi bir şey yapmanız gerekmiyor. Sizin için bir cihaz olduğunda size yazacağız. Durumunuz değişirse lütfen ${REACH} bize bildirin.`,
      ),
    },
    request_refused: {
      sms: `Talebinizi kabul edemiyoruz. Nedenini öğrenmek veya itiraz etmek için: ${REACH_BY_SMS}.`,
      subject: 'Talebinize cevap',
      body: paragraphs(
        'Talebinizi kabul edemiyoruz: {deviceClass}.',
        '{hasReason, select, yes {Nedeni: {reason}} other {}}',
        'Kabul etmiyorsanız, talebinize yeniden bakmamızı isteyebilirsiniz: internetten ({pages}){hasPhone, select, yes {, telefonla ({phone})} other {}} veya mektupla. Bir görevli okuyacak ve size cevap verecek.',
      ),
    },
    appeal_decided: {
      sms: `{decision, select, upheld {Talebinize yeniden baktık: talebiniz yeniden sırada. Şimdi bir şey yapmanız gerekmiyor.} other {Talebinize yeniden baktık: karar değişmedi. Nedenini öğrenmek için: ${REACH_BY_SMS}.}}`,
      subject: 'İtirazınıza cevap',
      body: paragraphs(
        'Bir görevli talebinize yeniden baktı: {deviceClass}.',
        '{decision, select, upheld {Talebiniz yeniden sırada. Bekleme süreniz korunuyor.} other {Karar değişmedi: talebinizi kabul edemiyoruz.}}',
        '{hasReason, select, yes {Nedeni: {reason}} other {}}',
        `{decision, select, upheld {Şimdi bir şey yapmanız gerekmiyor. Sizin için bir cihaz olduğunda size yazacağız.} other {Sorunuz varsa ${CALL_WITHIN}.}}`,
      ),
    },
    request_suspended: {
      sms: `Talebiniz beklemeye alındı{hasUntil, select, yes { (son gün: {until, date, short})} other {}}. Bekleme süreniz korunuyor. Devam etmek için: ${REACH_BY_SMS}.`,
      subject: 'Talebiniz beklemeye alındı',
      body: paragraphs(
        'Talebiniz beklemeye alındı: {deviceClass}.',
        '{missed, plural, =0 {} one {Kaçırılan teklif veya randevu: #.} other {Kaçırılan teklif veya randevu: #.}}',
        `{hasUntil, select, yes {Kendiliğinden devam edeceği gün: {until, date, long}. } other {}}Bekleme süreniz korunuyor. Hemen devam etmek için lütfen ${REACH} bize bildirin.`,
      ),
    },
    offer_made: {
      sms: `Sizin için bir cihazımız var: {device}. Son cevap günü: {expiresOn, date, short}. ${REACH_BY_SMS} cevap verin.`,
      subject: 'Sizin için bir cihazımız var: {device}',
      body: paragraphs(
        'Sizin için bir cihazımız var: {device}.',
        lines('Yer: {siteName}', 'Son cevap günü: {expiresOn, date, long}'),
        `Lütfen evet veya hayır deyin ve bir randevu seçin: ${REACH}. Bu günden sonra cihazı başka bir aileye vereceğiz.`,
      ),
    },
    offer_expiring: {
      sms: `Sizin için bir cihazımız var: {device}. {days, plural, =0 {Cevap için son gün bugün} one {Cevap için # gün kaldı} other {Cevap için # gün kaldı}}: ${REACH_BY_SMS}.`,
      subject: 'Hatırlatma: sizin için bir cihazımız var',
      body: paragraphs(
        'Sizin için bir cihazımız var: {device}. Cevabınızı bekliyoruz. {days, plural, =0 {Cevap için son gün bugün.} one {Cevap için # gün kaldı.} other {Cevap için # gün kaldı.}}',
        lines('Yer: {siteName}', 'Son cevap günü: {expiresOn, date, long}'),
        `Lütfen ${REACH} evet veya hayır deyin. Bu günden sonra cihazı başka bir aileye vereceğiz.`,
      ),
    },
    offer_expired: {
      sms: `Cevap gelmediği için cihazı başka bir aileye veriyoruz. Hâlâ gerekli mi? ${REACH_BY_SMS} bildirin.`,
      subject: 'Teklifimizin süresi doldu',
      body: paragraphs(
        'Sizin için ayırdığımız cihaz: {device}. Süre doldu. Cihazı şimdi başka bir aileye veriyoruz.',
        '{missed, plural, =0 {} one {Kaçırılan teklif sayısı: #.} other {Kaçırılan teklif sayısı: #.}} Bekleme süreniz korunuyor.',
        `Hâlâ ihtiyacınız varsa veya artık yoksa, lütfen ${REACH} bize bildirin.`,
      ),
    },
    offer_withdrawn: {
      sms: 'Sizin için ayırdığımız cihaz artık yok. Başvurunuz yerini koruyor. Bir şey yapmanız gerekmez.',
      subject: 'Ayırdığımız cihaz artık yok',
      body: paragraphs(
        'Sizin için ayırdığımız cihazı artık veremiyoruz: {device}. Özür dileriz.',
        'Bu sizin hatanız değil. Başvurunuz yeniden bekliyor ve bekleme süreniz korunuyor.',
        `Bir şey yapmanız gerekmez: sizin için bir cihazımız olunca yazacağız. Sorunuz mu var? ${CALL}.`,
      ),
    },
    pickup_booked: {
      sms: `Randevunuz: {pickupAt}, {siteName}. Değiştirmek için: ${REACH_BY_SMS}.`,
      subject: 'Randevunuz: {pickupAt}',
      body: paragraphs(
        'Randevunuz kaydedildi. Alacağınız cihaz: {device}.',
        lines('Zaman: {pickupAt}', 'Yer: {siteName}'),
        `Geldiğinizde lütfen dosya numaranızı söyleyin: {reference}. Gelemezseniz, randevuyu ${REACH} değiştirin.`,
      ),
    },
    pickup_tomorrow: {
      sms: `Hatırlatma, randevunuz {pickupDay}: {pickupAt}, {siteName}. Değiştirmek için: ${REACH_BY_SMS}.`,
      subject: 'Randevunuz {pickupDay}',
      body: paragraphs(
        'Randevunuz {pickupDay}. Alacağınız cihaz: {device}.',
        lines('Zaman: {pickupAt}', 'Yer: {siteName}'),
        `Geldiğinizde lütfen dosya numaranızı söyleyin: {reference}. Gelemezseniz, randevuyu ${REACH} değiştirin.`,
      ),
    },
    pickup_cancelled: {
      sms: `Randevunuz iptal: {pickupAt}, {siteName}. Lütfen gelmeyin. Devamı: ${REACH_BY_SMS}.`,
      subject: 'Randevunuz iptal edildi: {pickupAt}',
      body: paragraphs(
        'Randevunuz iptal edildi: lütfen gelmeyin. Özür dileriz, bu sizin hatanız değil.',
        lines('İptal edilen randevu: {pickupAt}', 'Yer: {siteName}'),
        `{hasExpiresOn, select, yes {Cihazı sizin için ayırmaya devam ediyoruz: {device}. Lütfen başka bir randevu seçin: ${REACH}. Son gün: {expiresOn, date, long}.} other {Cihazı artık veremiyoruz: {device}. Başvurunuz yeniden bekliyor ve bekleme süreniz korunuyor. Bir şey yapmanız gerekmez: size yazacağız.}}`,
      ),
    },
    loan_handed_over: {
      sms: `Size ödünç verilen cihaz sayısı: {items}. Son geri verme günü: {dueOn, date, short}. Sorun olursa: ${REACH_BY_SMS} bildirin.`,
      subject: 'Ödünç aldığınız cihazlar: {loanReference}',
      body: paragraphs(
        lines('Size ödünç verdik:', '{devices}'),
        lines('Son geri verme günü: {dueOn, date, long}', 'Yer: {siteName}', 'Ödünç numarası: {loanReference}'),
        `Bu günden önce ek süre isteyebilirsiniz. Bir cihaz bozulur, kaybolur veya çalınırsa, lütfen hemen ${REACH} bize bildirin.`,
      ),
    },
    loan_due: {
      sms: `Geri verilecek: {items} cihaz. Son gün: {dueOn, date, short}. Yer: {siteName}. Ek süre için: ${CALL_BY_SMS}.`,
      subject: 'Son geri verme günü: {dueOn}',
      body: paragraphs(
        '{days, plural, =0 {Ödünç süreniz bugün bitiyor.} one {Ödünç süreniz # gün sonra bitiyor.} other {Ödünç süreniz # gün sonra bitiyor.}}',
        lines('Geri verilecek:', '{devices}'),
        lines('Son gün: {dueOn, date, long}', 'Yer: {siteName}', 'Ödünç numarası: {loanReference}'),
        `Daha önce de gelebilirsiniz. Ek süreye ihtiyacınız varsa, lütfen bu günden önce ${REACH} isteyin.`,
      ),
    },
    loan_overdue: {
      sms: `Ödünç süresi bitti ({dueOn, date, short}). Geri verilecek: {items} cihaz, {siteName}. Geri verdiniz mi? Kayıp mı? ${CALL_BY_SMS}.`,
      subject: 'Ödünç süreniz geçti',
      body: paragraphs(
        'Ödünç süreniz şu gün bitti: {dueOn, date, long}. {days, plural, =0 {} one {Gecikme: # gün.} other {Gecikme: # gün.}}',
        lines('Geri verilecek:', '{devices}'),
        lines('Yer: {siteName}', 'Ödünç numarası: {loanReference}'),
        `Başka aileler bekliyor. Cihazı geri verdiyseniz, kaybettiyseniz veya süreye ihtiyacınız varsa, lütfen ${REACH} bize bildirin. Birlikte bir çözüm buluruz.`,
      ),
    },
    loan_renewed: {
      sms: 'Ödünç süreniz uzatıldı. Cihaz sayısı: {items}. Yeni son gün: {dueOn, date, short}. Şimdi bir şey yapmanız gerekmiyor.',
      subject: 'Ödünç süreniz uzatıldı',
      body: paragraphs(
        'Ödünç süreniz uzatıldı ({loanReference}). Yeni son gün: {dueOn, date, long}.',
        lines('Sizde kalan:', '{devices}'),
        `Bu günden önce bir şey yapmanız gerekmiyor. Sorun olursa ${REACH} bize bildirin.`,
      ),
    },
    loan_recalled: {
      sms: `Ödünç verdiğimiz cihazlara ihtiyacımız var. Geri verilecek: {items} cihaz. Son gün: {dueOn, date, short}, {siteName}. ${CALL_BY_SMS}.`,
      subject: 'Ödünç verdiğimiz cihazlara ihtiyacımız var',
      body: paragraphs(
        'Ödünç verdiğimiz cihazlara beklenenden daha erken ihtiyacımız var. Özür dileriz.',
        lines('Geri verilecek:', '{devices}'),
        lines('Son gün: {dueOn, date, long}', 'Yer: {siteName}', 'Ödünç numarası: {loanReference}'),
        `Bu sizin için zorsa veya hâlâ ihtiyacınız varsa, ${CALL_WITHIN}. Bir çözüm ararız.`,
      ),
    },
    loan_returned: {
      sms: 'Teşekkürler! {items} cihaz aldık. {remaining, plural, =0 {Ödünç işleminiz bitti.} one {Geri verilecek # cihaz kaldı.} other {Geri verilecek # cihaz kaldı.}}',
      subject: 'Geri verdiğiniz için teşekkürler',
      body: paragraphs(
        lines('Teşekkür ederiz. Aldıklarımız:', '{devices}'),
        '{remaining, plural, =0 {Ödünç işleminiz bitti ({loanReference}). Başka bir şey yapmanız gerekmiyor.} one {Geri verilecek # cihaz kaldı ({loanReference}).} other {Geri verilecek # cihaz kaldı ({loanReference}).}}',
        `Bu doğru değilse, lütfen ${REACH} bize bildirin.`,
      ),
    },
    incident_opened: {
      sms: `Ödünç bir cihazla ilgili bir sorun kaydettik. Sorunuz varsa veya yanlışsa: ${CALL_BY_SMS}.`,
      subject: 'Ödünç bir cihazla ilgili bir sorun',
      body: paragraphs(
        'Ödünç bir cihazla ilgili bir sorun kaydettik: {incidentKind}.',
        lines('Cihaz: {device}', 'Ödünç numarası: {loanReference}'),
        '{incidentKind, select, lost {Bulursanız lütfen bize getirin.} stolen {Lütfen hırsızlığı polise bildirin ve belgeyi saklayın. Belge numarasını alınca bize verin.} broken {Lütfen onarmaya çalışmayın. Bize getirin: birlikte bakalım.} claimed_returned {Cihazı kendi tarafımızda arıyoruz. Bu sürede bu cihaz için hatırlatma almayacaksınız.} other {}}',
        `Bu doğru değilse, ${CALL_WITHIN}.`,
      ),
    },
    incident_closed: {
      sms: `{outcome, select, not_found {Cihazı bizde bulamadık. Lütfen tekrar arayın. ${CALL_BY_SMS}.} other {Ödünç cihazla ilgili sorun kapandı. Sorunuz varsa: ${CALL_BY_SMS}.}}`,
      subject: 'Ödünç cihazla ilgili sorun hakkında',
      body: paragraphs(
        lines('Kaydettiğimiz sorun: {incidentKind}.', 'Cihaz: {device}', 'Ödünç numarası: {loanReference}'),
        `{outcome, select, found {Cihaz bulundu. Teşekkürler.} not_found {Cihazı bizde bulamadık. Lütfen evde tekrar arayın, sonra getirin veya ${CALL_WITHIN}.} repaired {Cihaz onarıldı.} written_off {Cihaz ödünçten çıkarıldı. Artık geri vermeniz gerekmiyor.} other {}}`,
        `Sorunuz varsa ${CALL_WITHIN}.`,
      ),
    },
    agreement_unsigned: {
      sms: 'Ödünç sözleşmeniz henüz imzalanmadı. İmzalamak için: {pages}, veya gelin: {siteName}.',
      subject: 'Ödünç sözleşmeniz imza bekliyor',
      body: paragraphs(
        'Ödünç sözleşmeniz henüz imzalanmadı ({loanReference}).',
        lines('Size ödünç verilen:', '{devices}'),
        `Lütfen internetten ({pages}) imzalayın veya gelip burada imzalayın: {siteName}. Sorunuz varsa ${CALL_WITHIN}.`,
      ),
    },
    need_review_due: {
      sms: `Dosyanızdaki bilgiler hâlâ doğru mu? Lütfen: ${REACH_BY_SMS} kontrol edin.`,
      subject: 'Dosyanızdaki bilgiler hâlâ doğru mu?',
      body: paragraphs(
        'Bir süre önce evde neler olduğunu bize söylediniz. Bir şey değişti mi: bilgisayar, telefon, internet, öğrenci sayısı?',
        `Lütfen dosyanızı kontrol edin ve onaylayın veya düzeltin: ${REACH}. Böylece size gerekeni önerebiliriz.`,
      ),
    },
  },
};
