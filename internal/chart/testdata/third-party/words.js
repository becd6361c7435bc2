// The index of words that the search keeps: MiniSearch, whole.
import MiniSearch from "minisearch";

globalThis.WordIndex = MiniSearch;
