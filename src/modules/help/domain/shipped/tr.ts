import { type HelpTextsOfLanguage, paragraphs } from '../help-topics.js';

export const turkish: HelpTextsOfLanguage = {
  bring_it_back: paragraphs(
    'Aldığınız her şeyi getirin: cihazı, şarj aletini, kılıfı.',
    'Gelmeden önce fotoğraflarınızı ve ödevlerinizi başka bir yere kaydedin. Cihaz gelince her şeyi sileriz.',
    'Google veya Apple gibi hesaplarınızdan çıkın. Tablette ekran şifresini de kaldırın.',
    'En geç kararlaştırılan günde, cihazı aldığınız yere gelin. Bir parça mı eksik? Yine de gelin ve bize söyleyin.',
  ),
  does_not_start: paragraphs(
    'Cihazı kendi şarj aletiyle prize takın. Ekran siyah kalsa da 30 dakika bekleyin.',
    'Açma düğmesine 15 saniye basın. Bırakın, biraz bekleyin, sonra bir kez basın.',
    'Bilgisayar: fareyi, USB belleği ve yazıcıyı çıkarın. Sonra yeniden deneyin.',
    '4G internet kutusu: kablo iyi takılı mı, priz çalışıyor mu, bakın.',
    'Hiçbir şey olmuyor mu? Cihazı açmayın. Bize söyleyin: sorun değil, onarırız veya değiştiririz.',
  ),
  no_network: paragraphs(
    'Cihazı kapatın, bir dakika bekleyin, sonra yeniden açın.',
    'Bilgisayar veya tablet: Wi-Fi açık mı, bakın. Uçak modu kapalı olmalı.',
    '4G internet kutusu: onu pencerenin yanına, yüksek bir yere koyun. Wi-Fi adı ve şifresi etikettedir, çoğu zaman kutunun altında.',
    'Kutuyla aynı odada kalın. Öbür cihazlardaki videoları kapatın.',
    'İnternet ay sonunda yavaş mı? Belki bütün internet hakkınız bitti. Bize söyleyin.',
  ),
  charging: paragraphs(
    'Size verdiğimiz şarj aletini kullanın. Başka bir şarj aleti cihazı bozabilir.',
    'Akşam prize takın. Sabah okul için hazır olur.',
    'Küçük bir ışık veya şimşek işareti şarj olduğunu gösterir. Bir şey yok mu? Başka bir priz deneyin.',
    'Şarj olurken cihazı masaya koyun, yatağa asla koymayın. Sudan uzak tutun.',
    'Şarj aleti kırık mı, çok mu sıcak? Prizden çıkarın ve bize söyleyin.',
  ),
};
