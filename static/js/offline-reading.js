// Pages that may be kept for reading without a network: by the service worker, which also keeps the one that was open
// before it was there. Browsers have one only with HTTPS.
export async function keepPages() {
  if (!window.isSecureContext || !("serviceWorker" in navigator)) return;
  const wasThere = navigator.serviceWorker.controller;
  await navigator.serviceWorker.register("/service-worker.js");
  if (wasThere || !document.querySelector("[data-may-be-kept]")) return;
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: window.location.href.split("#")[0] });
}
