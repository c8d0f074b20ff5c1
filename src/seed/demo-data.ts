/**
 * What a demonstration council starts with. Schools are real (French school directory, Ministère de l'Éducation nationale,
 * Licence Ouverte 2.0); families, devices and funds are made up.
 */
export const DEMO_SCHOOLS = [
  { code: '0350767U', name: 'Collège Saint-Magloire', level: 'college', municipalityCode: '35120', socialIndex: 92 },
  { code: '0350003N', name: 'Collège René Cassin', level: 'college', municipalityCode: '35260', socialIndex: 104 },
  { code: '0350053T', name: "Lycée Bertrand d'Argentré", level: 'lycee', municipalityCode: '35506', socialIndex: 110 },
  { code: '0350031U', name: 'Lycée professionnel Jean Jaurès', level: 'lycee', municipalityCode: '35205', socialIndex: 88 },
  { code: '0350122T', name: 'Ecole primaire publique les Lucioles', level: 'primary', municipalityCode: '35580' },
] as const;
/** The place of the primary school, where the younger brothers and sisters go. */
export const PRIMARY = 4;

/** Where families collect; `school` is the place in DEMO_SCHOOLS of whose families come here first. */
export const DEMO_SITES = [
  {
    name: 'Collège Saint-Magloire, vie scolaire',
    school: 0,
    line1: '2 rue du Chanoine Boursier',
    postalCode: '35120',
    city: 'Dol-de-Bretagne',
  },
  { name: 'Collège René Cassin, CDI', school: 1, line1: '56 rue de Saint-Malo', postalCode: '35260', city: 'Cancale' },
  { name: "Lycée Bertrand d'Argentré, CDI", school: 2, line1: '17 rue du Collège', postalCode: '35500', city: 'Vitré' },
  { name: 'Dépôt du département', school: null, line1: '1 avenue de la Préfecture', postalCode: '35000', city: 'Rennes' },
] as const;
/** The place in DEMO_SCHOOLS of the older learners who collect at each site. */
export const SCHOOL_OF_SITE = [0, 1, 2, 3] as const;

export const DEMO_STAFF = [
  { role: 'council_manager', name: 'Claire Morvan', email: 'manager@demo.passerelle.example' },
  { role: 'school_administrator', name: 'Hugo Perrin', email: 'school@demo.passerelle.example', school: 0 },
  { role: 'desk_agent', name: 'Sonia Diallo', email: 'desk@demo.passerelle.example', site: 0 },
  { role: 'auditor', name: 'Paul Rivière', email: 'auditor@demo.passerelle.example' },
] as const;
