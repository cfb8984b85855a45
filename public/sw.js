// The service worker of the phone that approves. It wakes the page when a message comes,
// and gives the page of codes away when there is no network. That page says nothing of
// anybody; it is all that is kept, with the files that it names: what a phone is asked
// comes from the portal alone, and never out of a cache.

const PAGE = '/phone';
const CODES = '/phone/codes';
// Another number where what is kept is of another shape; what was kept before goes.
const CACHE = 'phone-codes-1';
const OURS = /^phone-codes-/;
// What the page of codes may name. A page never has a dot in its last part.
const FILE = /\.(?:css|js|svg|webmanifest)$/;
const OFFLINE = {
  en: ['No network', 'This smartphone cannot reach the portal. What it is asked appears when it can.'],
  de: ['Kein Netz', 'Dieses Smartphone erreicht das Portal nicht. Was es gefragt wird, erscheint, sobald es wieder geht.'],
};

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(keep());
});
self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

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

// The network comes first, always.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => kept(CODES).then((page) => page ?? offline())));
    // In the language and with the files of today, for the next time.
    event.waitUntil(keep());
  } else if (FILE.test(pathname)) {
    event.respondWith(fetch(request).catch(() => kept(pathname).then((file) => file ?? Response.error())));
  }
});

async function kept(path) {
  const cache = await caches.open(CACHE);
  return cache.match(path, { ignoreVary: true });
}

/** Keeps the page of codes and what it names, all or nothing; what is there stays without network. */
async function keep() {
  try {
    const page = await fetch(CODES, { cache: 'no-store', redirect: 'error' });
    if (!page.ok) return;
    const named = (await page.clone().text()).matchAll(/(?:href|src)="(\/[^"#?]+)/g);
    const files = [...new Set([...named].map(([, path]) => path))].filter((path) => FILE.test(path));
    const cache = await caches.open(CACHE);
    await cache.addAll(files.map((path) => new Request(path, { cache: 'no-cache' })));
    await cache.put(CODES, page);
    for (const old of await cache.keys()) {
      const { pathname } = new URL(old.url);
      if (pathname !== CODES && !files.includes(pathname)) await cache.delete(old);
    }
  } catch {
    // No network: what is kept is kept.
  }
}

async function tidy() {
  const old = (await caches.keys()).filter((name) => OURS.test(name) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

function offline() {
  const lang = self.navigator.language.startsWith('de') ? 'de' : 'en';
  const [title, text] = OFFLINE[lang];
  const page = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
