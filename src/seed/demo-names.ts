/** Names of one origin, made up from what is common there, in the script in which such a family may write itself. */
interface Names {
  /** The language in which the family is written to. */
  readonly language: string;
  readonly families: readonly string[];
  readonly adults: readonly string[];
  readonly children: readonly string[];
}

/** The origins in the order in which the families of the demonstration take turns; an origin that is here twice has twice as many. */
export const DEMO_NAMES: readonly Names[] = [
  {
    language: 'fr',
    families: ['Le Bihan', 'Garnier', 'Kerouanton', 'Moreau', 'Hamon', 'Delaunay', 'Rouxel', 'Lemoine', 'Briand', 'Tanguy', 'Guéguen'],
    adults: ['Céline', 'Gwenaëlle', 'Aurélie', 'Mickaël', 'Sandrine', 'Loïc', 'Émilie'],
    children: ['Maëlys', 'Ewen', 'Léa', 'Nathan', 'Zoé', 'Malo', 'Chloé', 'Hugo', 'Anaïs'],
  },
  {
    language: 'ar',
    families: ['المنصوري', 'بن سالم', 'الزهراوي', 'حدّاد', 'بوزيد', 'العلوي', 'شريف'],
    adults: ['فاطمة', 'خديجة', 'سمير', 'مريم', 'يوسف'],
    children: ['ياسين', 'آية', 'إلياس', 'نور', 'سلمى', 'آدم', 'هبة'],
  },
  {
    language: 'fr',
    families: ['Traoré', 'Diarra', 'Camara', 'Bah', 'Mendy', 'Sarr', 'Nguema', 'Ilunga', 'Razafy', 'Abdou', 'Kouassi'],
    adults: ['Aïssatou', 'Mariama', 'Fanta', 'Ousmane', 'Hortense', 'Cheikh', 'Awa'],
    children: ['Moussa', 'Aminata', 'Djibril', 'Fatoumata', 'Issa', 'Grâce', 'Lamine', 'Coumba', 'Prince'],
  },
  {
    language: 'tr',
    families: ['Yılmaz', 'Öztürk', 'Çelik', 'Şahin', 'Aydın', 'Koç', 'Güneş'],
    adults: ['Ayşe', 'Zeynep', 'Hülya', 'Mehmet', 'Gülşen'],
    children: ['Emre', 'Defne', 'Çınar', 'Ecrin', 'Yiğit', 'Melis', 'İlayda'],
  },
  {
    language: 'fr',
    families: ['Petit', 'Lefèvre', 'Prigent', 'Robin', 'Chauvin', 'Jouan', 'Besnard', 'Collet', 'Legrand', 'Thébault', 'Bouvier'],
    adults: ['Nolwenn', 'Stéphanie', 'Karine', 'David', 'Élodie', 'Yves', 'Laëtitia'],
    children: ['Inès', 'Titouan', 'Jade', 'Lucas', 'Rose', 'Gabin', 'Manon', 'Noé', 'Océane'],
  },
  {
    language: 'uk',
    families: ['Шевченко', 'Бондаренко', 'Ткачук', 'Мельник', 'Кравець', 'Гончар', 'Лисенко'],
    adults: ['Олена', 'Наталія', 'Ірина', 'Андрій', 'Світлана'],
    children: ['Софія', 'Матвій', 'Дарина', 'Артем', 'Злата', 'Максим', 'Єва'],
  },
  {
    language: 'ro',
    families: ['Ionescu', 'Munteanu', 'Țurcanu', 'Stănescu', 'Rusu', 'Ciobanu', 'Băluță'],
    adults: ['Mihaela', 'Ioana', 'Gheorghe', 'Cătălina', 'Simona'],
    children: ['Andrei', 'Ștefania', 'Matei', 'Bianca', 'Răzvan', 'Ana-Maria', 'Luca'],
  },
  {
    language: 'pt',
    families: ['da Silva', 'Gonçalves', 'Magalhães', 'Araújo', 'Simões', 'Conceição', 'Leitão'],
    adults: ['Conceição', 'Vânia', 'João', 'Fátima', 'Patrícia'],
    children: ['Beatriz', 'Rafael', 'Leonor', 'Gonçalo', 'Mariana', 'Simão', 'Inês'],
  },
  {
    language: 'ar',
    families: ['Bouchareb', 'El Idrissi', 'Khelifi', 'Amrani', 'Haddouche', 'Mansour', 'Saïdi'],
    adults: ['Samira', 'Hayat', 'Rachid', 'Naïma', 'Leïla'],
    children: ['Rayan', 'Kenza', 'Wassim', 'Assia', 'Ilyès', 'Yasmine', 'Nael'],
  },
  {
    language: 'es',
    families: ['Muñoz', 'Ibáñez', 'Peña', 'Quispe', 'Rodríguez', 'Ávila', 'Cárdenas'],
    adults: ['Lucía', 'María José', 'Andrés', 'Pilar', 'Rosa'],
    children: ['Martín', 'Ximena', 'Álvaro', 'Camila', 'Iker', 'Noelia', 'Dario'],
  },
  {
    language: 'en',
    families: ['Okafor', 'Nguyễn', 'Tesfaye', 'Ahmadi', 'Osei', 'Perera', 'Sharma'],
    adults: ['Blessing', 'Thị Hoa', 'Selam', 'Zahra', 'Kwame'],
    children: ['Favour', 'Minh', 'Yonas', 'Parwana', 'Abena', 'Dinuka', 'Anjali'],
  },
];
