// What every page does beyond its links and forms: focus, keys, and a sign that something is under way.
import "./swaps.js";
import "./keys.js";
import "./rows.js";
import "./drafts.js";
