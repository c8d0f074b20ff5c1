import type { Texts } from '../messages.js';

type Key = 'myFile' | 'sessions' | 'signOut' | 'againTitle' | 'again' | 'send';

export const SIGNED_IN_TEXTS: Texts<Key> = {
  fr: {
    myFile: 'Mon dossier',
    sessions: 'Mes téléphones',
    signOut: 'Me déconnecter',
    againTitle: 'Envoyez ce que vous avez écrit',
    again: 'Vous êtes connecté. Ce que vous avez écrit n’est pas encore envoyé.',
    send: 'Envoyer',
  },
  en: {
    myFile: 'My file',
    sessions: 'My phones',
    signOut: 'Sign out',
    againTitle: 'Send what you wrote',
    again: 'You are signed in. What you wrote is not sent yet.',
    send: 'Send',
  },
  ar: {
    myFile: 'ملفي',
    sessions: 'هواتفي',
    signOut: 'الخروج',
    againTitle: 'أرسلوا ما كتبتموه',
    again: 'لقد دخلتم. ما كتبتموه لم يُرسل بعد.',
    send: 'إرسال',
  },
  tr: {
    myFile: 'Dosyam',
    sessions: 'Telefonlarım',
    signOut: 'Çıkış yap',
    againTitle: 'Yazdıklarınızı gönderin',
    again: 'Giriş yaptınız. Yazdıklarınız henüz gönderilmedi.',
    send: 'Gönder',
  },
  pt: {
    myFile: 'A minha ficha',
    sessions: 'Os meus telefones',
    signOut: 'Sair',
    againTitle: 'Envie o que escreveu',
    again: 'Já entrou. O que escreveu ainda não foi enviado.',
    send: 'Enviar',
  },
  uk: {
    myFile: 'Моя справа',
    sessions: 'Мої телефони',
    signOut: 'Вийти',
    againTitle: 'Надішліть те, що написали',
    again: 'Ви ввійшли. Те, що ви написали, ще не надіслано.',
    send: 'Надіслати',
  },
  ro: {
    myFile: 'Dosarul meu',
    sessions: 'Telefoanele mele',
    signOut: 'Ieșire',
    againTitle: 'Trimiteți ce ați scris',
    again: 'Ați intrat. Ce ați scris nu este trimis încă.',
    send: 'Trimite',
  },
  es: {
    myFile: 'Mi expediente',
    sessions: 'Mis teléfonos',
    signOut: 'Salir',
    againTitle: 'Envíe lo que escribió',
    again: 'Ya ha entrado. Lo que escribió todavía no se ha enviado.',
    send: 'Enviar',
  },
};
