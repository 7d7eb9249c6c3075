// What pages can do beyond their links and forms. Every part stands alone, and no page depends on any of them.
import "./requests.js";
import "./session.js";
import "./drafts.js";
import "./rows.js";
import "./files.js";
import "./suggest.js";
import "./keys.js";
import "./frame.js";
