import { type HelpTextsOfLanguage, paragraphs } from '../help-topics.js';

export const romanian: HelpTextsOfLanguage = {
  bring_it_back: paragraphs(
    'Aduceți înapoi tot ce ați primit: aparatul, încărcătorul, husa.',
    'Înainte să veniți, salvați pozele și temele în alt loc. Noi ștergem tot după returnare.',
    'Ieșiți din conturile dumneavoastră, de exemplu Google sau Apple. La o tabletă, scoateți și codul ecranului.',
    'Veniți cel târziu în ziua stabilită, acolo unde l-ați primit. Lipsește o piesă? Veniți oricum și spuneți-ne.',
  ),
  does_not_start: paragraphs(
    'Puneți aparatul la priză cu încărcătorul lui. Așteptați 30 de minute, chiar dacă ecranul rămâne negru.',
    'Apăsați butonul de pornire 15 secunde. Dați drumul, așteptați puțin, apoi apăsați o dată.',
    'Calculator: scoateți mouse-ul, stickul USB și imprimanta. Apoi încercați din nou.',
    'Cutia de internet 4G: verificați dacă este bine pus cablul și dacă merge priza.',
    'Nu se întâmplă nimic? Nu îl deschideți. Spuneți-ne: nu este grav, îl reparăm sau îl schimbăm.',
  ),
  no_network: paragraphs(
    'Opriți aparatul, așteptați un minut, apoi porniți-l din nou.',
    'Calculator sau tabletă: vedeți dacă Wi-Fi este pornit. Modul avion trebuie să fie oprit.',
    'Cutia de internet 4G: puneți-o lângă o fereastră, sus. Numele și codul Wi-Fi sunt pe etichetă, deseori dedesubt.',
    'Stați în aceeași cameră cu cutia. Închideți filmele pe celelalte aparate.',
    'Internetul merge încet la sfârșitul lunii? Poate ați folosit toate datele. Spuneți-ne.',
  ),
  charging: paragraphs(
    'Folosiți încărcătorul pe care vi l-am dat. Alt încărcător poate strica aparatul.',
    'Puneți-l la priză seara. Dimineața este gata pentru școală.',
    'O luminiță sau un fulger arată că se încarcă. Nimic? Încercați altă priză.',
    'Puneți aparatul pe o masă când se încarcă, niciodată pe pat. Țineți-l departe de apă.',
    'Încărcătorul este rupt sau foarte cald? Scoateți-l din priză și spuneți-ne.',
  ),
};
