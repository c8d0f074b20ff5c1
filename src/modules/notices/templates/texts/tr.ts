import { type LanguageTexts, lines, paragraphs } from './texts.js';

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
        'Şimdi bir şey yapmanız gerekmiyor. Sizin için bir cihaz olduğunda size yazacağız. Durumunuz değişirse lütfen internetten veya telefonla bize bildirin.',
      ),
    },
    request_refused: {
      sms: 'Talebinizi kabul edemiyoruz. Nedenini öğrenmek veya itiraz etmek için: internetten veya telefonla.',
      subject: 'Talebinize cevap',
      body: paragraphs(
        'Talebinizi kabul edemiyoruz: {deviceClass}.',
        '{hasReason, select, yes {Nedeni: {reason}} other {}}',
        'Kabul etmiyorsanız, talebinize yeniden bakmamızı isteyebilirsiniz: internetten, telefonla veya mektupla. Bir görevli okuyacak ve size cevap verecek.',
      ),
    },
    appeal_decided: {
      sms: '{decision, select, upheld {Talebinize yeniden baktık: talebiniz yeniden sırada. Şimdi bir şey yapmanız gerekmiyor.} other {Talebinize yeniden baktık: karar değişmedi. Nedenini öğrenmek için: internetten veya telefonla.}}',
      subject: 'İtirazınıza cevap',
      body: paragraphs(
        'Bir görevli talebinize yeniden baktı: {deviceClass}.',
        '{decision, select, upheld {Talebiniz yeniden sırada. Bekleme süreniz korunuyor.} other {Karar değişmedi: talebinizi kabul edemiyoruz.}}',
        '{hasReason, select, yes {Nedeni: {reason}} other {}}',
        '{decision, select, upheld {Şimdi bir şey yapmanız gerekmiyor. Sizin için bir cihaz olduğunda size yazacağız.} other {Sorunuz varsa bizi arayın.}}',
      ),
    },
    request_suspended: {
      sms: 'Talebiniz beklemeye alındı{hasUntil, select, yes { (son gün: {until, date, short})} other {}}. Bekleme süreniz korunuyor. Devam etmek için: internetten veya telefonla.',
      subject: 'Talebiniz beklemeye alındı',
      body: paragraphs(
        'Talebiniz beklemeye alındı: {deviceClass}.',
        '{missed, plural, =0 {} one {Kaçırılan teklif veya randevu: #.} other {Kaçırılan teklif veya randevu: #.}}',
        '{hasUntil, select, yes {Kendiliğinden devam edeceği gün: {until, date, long}. } other {}}Bekleme süreniz korunuyor. Hemen devam etmek için lütfen internetten veya telefonla bize bildirin.',
      ),
    },
    offer_made: {
      sms: 'Sizin için bir cihazımız var: {device}. Son cevap günü: {expiresOn, date, short}. İnternetten veya telefonla cevap verin.',
      subject: 'Sizin için bir cihazımız var: {device}',
      body: paragraphs(
        'Sizin için bir cihazımız var: {device}.',
        lines('Yer: {siteName}', 'Son cevap günü: {expiresOn, date, long}'),
        'Lütfen evet veya hayır deyin ve bir randevu seçin: internetten veya telefonla. Bu günden sonra cihazı başka bir aileye vereceğiz.',
      ),
    },
    offer_expiring: {
      sms: 'Sizin için bir cihazımız var: {device}. {days, plural, =0 {Cevap için son gün bugün} one {Cevap için # gün kaldı} other {Cevap için # gün kaldı}}: internetten veya telefonla.',
      subject: 'Hatırlatma: sizin için bir cihazımız var',
      body: paragraphs(
        'Sizin için bir cihazımız var: {device}. Cevabınızı bekliyoruz. {days, plural, =0 {Cevap için son gün bugün.} one {Cevap için # gün kaldı.} other {Cevap için # gün kaldı.}}',
        lines('Yer: {siteName}', 'Son cevap günü: {expiresOn, date, long}'),
        'Lütfen internetten veya telefonla evet veya hayır deyin. Bu günden sonra cihazı başka bir aileye vereceğiz.',
      ),
    },
    offer_expired: {
      sms: 'Cevap gelmediği için cihazı başka bir aileye veriyoruz. Hâlâ gerekli mi? İnternetten veya telefonla bildirin.',
      subject: 'Teklifimizin süresi doldu',
      body: paragraphs(
        'Sizin için ayırdığımız cihaz: {device}. Süre doldu. Cihazı şimdi başka bir aileye veriyoruz.',
        '{missed, plural, =0 {} one {Kaçırılan teklif sayısı: #.} other {Kaçırılan teklif sayısı: #.}} Bekleme süreniz korunuyor.',
        'Hâlâ ihtiyacınız varsa veya artık yoksa, lütfen internetten veya telefonla bize bildirin.',
      ),
    },
    offer_withdrawn: {
      sms: 'Sizin için ayırdığımız cihaz artık yok. Başvurunuz yerini koruyor. Bir şey yapmanız gerekmez.',
      subject: 'Ayırdığımız cihaz artık yok',
      body: paragraphs(
        'Sizin için ayırdığımız cihazı artık veremiyoruz: {device}. Özür dileriz.',
        'Bu sizin hatanız değil. Başvurunuz yeniden bekliyor ve bekleme süreniz korunuyor.',
        'Bir şey yapmanız gerekmez: sizin için bir cihazımız olunca yazacağız. Sorunuz mu var? Bizi arayın.',
      ),
    },
    pickup_booked: {
      sms: 'Randevunuz: {pickupAt}, {siteName}. Değiştirmek için: internetten veya telefonla.',
      subject: 'Randevunuz: {pickupAt}',
      body: paragraphs(
        'Randevunuz kaydedildi. Alacağınız cihaz: {device}.',
        lines('Zaman: {pickupAt}', 'Yer: {siteName}'),
        'Geldiğinizde lütfen dosya numaranızı söyleyin: {reference}. Gelemezseniz, randevuyu internetten veya telefonla değiştirin.',
      ),
    },
    pickup_tomorrow: {
      sms: 'Hatırlatma, randevunuz {pickupDay}: {pickupAt}, {siteName}. Değiştirmek için: internetten veya telefonla.',
      subject: 'Randevunuz {pickupDay}',
      body: paragraphs(
        'Randevunuz {pickupDay}. Alacağınız cihaz: {device}.',
        lines('Zaman: {pickupAt}', 'Yer: {siteName}'),
        'Geldiğinizde lütfen dosya numaranızı söyleyin: {reference}. Gelemezseniz, randevuyu internetten veya telefonla değiştirin.',
      ),
    },
    pickup_cancelled: {
      sms: 'Randevunuz iptal: {pickupAt}, {siteName}. Lütfen gelmeyin. Devamı: internetten veya telefonla.',
      subject: 'Randevunuz iptal edildi: {pickupAt}',
      body: paragraphs(
        'Randevunuz iptal edildi: lütfen gelmeyin. Özür dileriz, bu sizin hatanız değil.',
        lines('İptal edilen randevu: {pickupAt}', 'Yer: {siteName}'),
        '{hasExpiresOn, select, yes {Cihazı sizin için ayırmaya devam ediyoruz: {device}. Lütfen başka bir randevu seçin: internetten veya telefonla. Son gün: {expiresOn, date, long}.} other {Cihazı artık veremiyoruz: {device}. Başvurunuz yeniden bekliyor ve bekleme süreniz korunuyor. Bir şey yapmanız gerekmez: size yazacağız.}}',
      ),
    },
    loan_handed_over: {
      sms: 'Size ödünç verilen cihaz sayısı: {items}. Son geri verme günü: {dueOn, date, short}. Sorun olursa internetten veya telefonla bildirin.',
      subject: 'Ödünç aldığınız cihazlar: {loanReference}',
      body: paragraphs(
        lines('Size ödünç verdik:', '{devices}'),
        lines('Son geri verme günü: {dueOn, date, long}', 'Yer: {siteName}', 'Ödünç numarası: {loanReference}'),
        'Bu günden önce ek süre isteyebilirsiniz. Bir cihaz bozulur, kaybolur veya çalınırsa, lütfen hemen internetten veya telefonla bize bildirin.',
      ),
    },
    loan_due: {
      sms: 'Geri verilecek: {items} cihaz. Son gün: {dueOn, date, short}. Yer: {siteName}. Ek süre için bizi arayın.',
      subject: 'Son geri verme günü: {dueOn}',
      body: paragraphs(
        '{days, plural, =0 {Ödünç süreniz bugün bitiyor.} one {Ödünç süreniz # gün sonra bitiyor.} other {Ödünç süreniz # gün sonra bitiyor.}}',
        lines('Geri verilecek:', '{devices}'),
        lines('Son gün: {dueOn, date, long}', 'Yer: {siteName}', 'Ödünç numarası: {loanReference}'),
        'Daha önce de gelebilirsiniz. Ek süreye ihtiyacınız varsa, lütfen bu günden önce internetten veya telefonla isteyin.',
      ),
    },
    loan_overdue: {
      sms: 'Ödünç süresi bitti ({dueOn, date, short}). Geri verilecek: {items} cihaz, {siteName}. Geri verdiniz mi? Kayıp mı? Bizi arayın.',
      subject: 'Ödünç süreniz geçti',
      body: paragraphs(
        'Ödünç süreniz şu gün bitti: {dueOn, date, long}. {days, plural, =0 {} one {Gecikme: # gün.} other {Gecikme: # gün.}}',
        lines('Geri verilecek:', '{devices}'),
        lines('Yer: {siteName}', 'Ödünç numarası: {loanReference}'),
        'Başka aileler bekliyor. Cihazı geri verdiyseniz, kaybettiyseniz veya süreye ihtiyacınız varsa, lütfen internetten veya telefonla bize bildirin. Birlikte bir çözüm buluruz.',
      ),
    },
    loan_renewed: {
      sms: 'Ödünç süreniz uzatıldı. Cihaz sayısı: {items}. Yeni son gün: {dueOn, date, short}. Şimdi bir şey yapmanız gerekmiyor.',
      subject: 'Ödünç süreniz uzatıldı',
      body: paragraphs(
        'Ödünç süreniz uzatıldı ({loanReference}). Yeni son gün: {dueOn, date, long}.',
        lines('Sizde kalan:', '{devices}'),
        'Bu günden önce bir şey yapmanız gerekmiyor. Sorun olursa internetten veya telefonla bize bildirin.',
      ),
    },
    loan_recalled: {
      sms: 'Ödünç verdiğimiz cihazlara ihtiyacımız var. Geri verilecek: {items} cihaz. Son gün: {dueOn, date, short}, {siteName}. Bizi arayın.',
      subject: 'Ödünç verdiğimiz cihazlara ihtiyacımız var',
      body: paragraphs(
        'Ödünç verdiğimiz cihazlara beklenenden daha erken ihtiyacımız var. Özür dileriz.',
        lines('Geri verilecek:', '{devices}'),
        lines('Son gün: {dueOn, date, long}', 'Yer: {siteName}', 'Ödünç numarası: {loanReference}'),
        'Bu sizin için zorsa veya hâlâ ihtiyacınız varsa, lütfen bizi arayın. Bir çözüm ararız.',
      ),
    },
    loan_returned: {
      sms: 'Teşekkürler! {items} cihaz aldık. {remaining, plural, =0 {Ödünç işleminiz bitti.} one {Geri verilecek # cihaz kaldı.} other {Geri verilecek # cihaz kaldı.}}',
      subject: 'Geri verdiğiniz için teşekkürler',
      body: paragraphs(
        lines('Teşekkür ederiz. Aldıklarımız:', '{devices}'),
        '{remaining, plural, =0 {Ödünç işleminiz bitti ({loanReference}). Başka bir şey yapmanız gerekmiyor.} one {Geri verilecek # cihaz kaldı ({loanReference}).} other {Geri verilecek # cihaz kaldı ({loanReference}).}}',
        'Bu doğru değilse, lütfen internetten veya telefonla bize bildirin.',
      ),
    },
    incident_opened: {
      sms: 'Ödünç bir cihazla ilgili bir sorun kaydettik. Sorunuz varsa veya yanlışsa bizi arayın.',
      subject: 'Ödünç bir cihazla ilgili bir sorun',
      body: paragraphs(
        'Ödünç bir cihazla ilgili bir sorun kaydettik: {incidentKind}.',
        lines('Cihaz: {device}', 'Ödünç numarası: {loanReference}'),
        '{incidentKind, select, lost {Bulursanız lütfen bize getirin.} stolen {Lütfen hırsızlığı polise bildirin ve belgeyi saklayın. Belge numarasını alınca bize verin.} broken {Lütfen onarmaya çalışmayın. Bize getirin: birlikte bakalım.} claimed_returned {Cihazı kendi tarafımızda arıyoruz. Bu sürede bu cihaz için hatırlatma almayacaksınız.} other {}}',
        'Bu doğru değilse, lütfen bizi arayın.',
      ),
    },
    incident_closed: {
      sms: '{outcome, select, not_found {Cihazı bizde bulamadık. Lütfen tekrar arayın ve bize telefon edin.} other {Ödünç cihazla ilgili sorun kapandı. Sorunuz varsa bizi arayın.}}',
      subject: 'Ödünç cihazla ilgili sorun hakkında',
      body: paragraphs(
        lines('Kaydettiğimiz sorun: {incidentKind}.', 'Cihaz: {device}', 'Ödünç numarası: {loanReference}'),
        '{outcome, select, found {Cihaz bulundu. Teşekkürler.} not_found {Cihazı bizde bulamadık. Lütfen evde tekrar arayın, sonra getirin veya bize telefon edin.} repaired {Cihaz onarıldı.} written_off {Cihaz ödünçten çıkarıldı. Artık geri vermeniz gerekmiyor.} other {}}',
        'Sorunuz varsa lütfen bizi arayın.',
      ),
    },
    agreement_unsigned: {
      sms: 'Ödünç sözleşmeniz henüz imzalanmadı. Lütfen internetten imzalayın veya gelin: {siteName}.',
      subject: 'Ödünç sözleşmeniz imza bekliyor',
      body: paragraphs(
        'Ödünç sözleşmeniz henüz imzalanmadı ({loanReference}).',
        lines('Size ödünç verilen:', '{devices}'),
        'Lütfen internetten imzalayın veya gelip burada imzalayın: {siteName}. Sorunuz varsa bizi arayın.',
      ),
    },
    need_review_due: {
      sms: 'Dosyanızdaki bilgiler hâlâ doğru mu? Lütfen internetten veya telefonla kontrol edin.',
      subject: 'Dosyanızdaki bilgiler hâlâ doğru mu?',
      body: paragraphs(
        'Bir süre önce evde neler olduğunu bize söylediniz. Bir şey değişti mi: bilgisayar, telefon, internet, öğrenci sayısı?',
        'Lütfen dosyanızı kontrol edin ve onaylayın veya düzeltin: internetten veya telefonla. Böylece size gerekeni önerebiliriz.',
      ),
    },
  },
};
