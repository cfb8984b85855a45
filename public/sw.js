// The service worker of the phone that approves. It wakes the page when a message
// comes, and says so when there is no network. It keeps no page and no answer: what a
// phone is asked comes from the portal alone, and never out of a cache.

const PAGE = '/phone';
const OFFLINE = {
  en: ['No network', 'This smartphone cannot reach the portal. What it is asked appears when it can.'],
  de: ['Kein Netz', 'Dieses Smartphone erreicht das Portal nicht. Was es gefragt wird, erscheint, sobald es wieder geht.'],
};

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  let said = {};
  try {
    said = event.data.json();
  } catch {
    // A message that is not ours still has to be shown as one (userVisibleOnly).
  }
  const options = { body: said.body ?? '', tag: 'phone', renotify: true, requireInteraction: true };
  event.waitUntil(self.registration.showNotification(said.title ?? 'Rekey', options));
});

// Nobody approves from the message itself: it opens the page with the number.
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: 'window', includeUncontrolled: true }).then((open) => {
      const page = open.find((one) => new URL(one.url).pathname.startsWith(PAGE));
      return page ? page.focus() : self.clients.openWindow(PAGE);
    }),
  );
});

self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  event.respondWith(fetch(event.request).catch(offline));
});

function offline() {
  const lang = self.navigator.language.startsWith('de') ? 'de' : 'en';
  const [title, text] = OFFLINE[lang];
  const page = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
