import { stemmer } from "@orama/stemmers/english";

globalThis.stemOf = stemmer;
