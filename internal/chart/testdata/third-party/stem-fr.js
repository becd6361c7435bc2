import { stemmer } from "@orama/stemmers/french";

globalThis.stemOf = stemmer;
