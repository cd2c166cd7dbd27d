// Everything here makes a page quicker or kinder; every act works without it.
import "./theme.js";
import "./token.js";
import "./notices.js";

// Comments that wait on this device: asked for only where some do, so that a first visit stays small
try {
  if (Object.keys(window.localStorage).some((name) => name.startsWith("outbox:"))) import("./outbox.js");
} catch {
  // a device that keeps nothing has nothing waiting
}
