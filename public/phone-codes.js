// The codes that this phone shows without network (RFC 6238: SHA-1, six digits, thirty
// seconds). It works without the bundle, from what the browser keeps (the tables are made
// in app/src/browser/phone_tables.rs), and says nothing itself: every word stands in the
// page.

const PAGE = '/phone/codes';
const PERIOD = 30;

/** Whatever the browser keeps: for each account its realm, login and key. */
function kept() {
  return new Promise((resolve) => {
    const nothing = () => resolve([]);
    const asked = indexedDB.open('rekey-phone');
    // A browser that is no phone: no table is made for looking.
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = nothing;
    asked.onsuccess = () => {
      const database = asked.result;
      const done = (accounts) => {
        database.close();
        resolve(accounts);
      };
      if (!database.objectStoreNames.contains('codes')) return done([]);
      const all = database.transaction('codes').objectStore('codes').getAll();
      all.onsuccess = () => done(all.result);
      all.onerror = () => done([]);
    };
  });
}

/** The code of a step (RFC 4226, 5.3). */
async function code(key, step) {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const number = mac.getUint32(mac.getUint8(19) & 15) & 0x7fffffff;
  const digits = String(number % 1_000_000).padStart(6, '0');
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}

/** A section for an account, of the template in the page. */
function section(account) {
  const part = document.getElementById('account').content.cloneNode(true);
  part.querySelector('h2').textContent = `${account.login}, ${account.realm}`;
  const [shown, bar, left] = ['b', 'progress', '[data-left]'].map((name) => part.querySelector(name));
  document.getElementById('codes').append(part);
  let step;
  return async (seconds) => {
    const now = Math.floor(seconds / PERIOD);
    bar.value = left.textContent = PERIOD - Math.floor(seconds % PERIOD);
    if (now === step) return;
    step = now;
    shown.textContent = await code(account.key, now);
  };
}

function reveal(...ids) {
  for (const id of ids) document.getElementById(id).hidden = false;
}

// Under another address the service worker gave this page away for one out of reach.
const isOffline = location.pathname !== PAGE || !navigator.onLine;
reveal(...(isOffline ? ['offline', 'again'] : ['back']));

/** Where the portal can be reached again the phone may be asked: that page comes back. */
async function look() {
  const answer = navigator.onLine && (await fetch('/livez', { cache: 'no-store' }).catch(() => undefined));
  if (answer?.ok) location.reload();
}
if (isOffline) setInterval(look, 5000);

const accounts = await kept();
reveal(accounts.length > 0 ? 'how' : 'none');
const sections = accounts.map(section);
const draw = () => Promise.all(sections.map((one) => one(Date.now() / 1000)));
await draw();
// Twice a second, so that no second is left out.
setInterval(draw, 500);
