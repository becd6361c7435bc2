import { stemmer } from "@orama/stemmers/german";

globalThis.stemOf = stemmer;
