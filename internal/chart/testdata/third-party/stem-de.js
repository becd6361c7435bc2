import { stemmer } from "@orama/stemmers/german";

globalThis.stemOf = Object.assign(stemmer, { compounds: true });
