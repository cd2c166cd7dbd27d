// Everything here makes a page quicker or kinder; every act works without it.
import "./theme.js";
import "./token.js";
import "./notices.js";
