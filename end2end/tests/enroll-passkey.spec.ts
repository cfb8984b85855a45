import { card, choose, skipRecoveryCodes, toChoice } from '../pages/enroll';
import { expectHeading, expectNews, loaded, press, visit } from '../pages/door';
import { expectSignedIn, givePassword, signInPasskey, signInTotp } from '../pages/sign-in';
import { expect, test } from '../fixtures/test';

test.describe('enroll-passkey', () => {
  test('B15 B16: a passkey is created at the first sign-in and signs in alone from then on', async ({ page, portal, mailbox, t, plugIn }) => {
    const nora = await portal.person('nora.new');
    const key = await plugIn(page);
    await toChoice(page, { portal, mailbox, t }, nora);
    await choose(page, t, t.passkeyChoice);
    await expectHeading(page, t.passkeyCreateTitle);
    await page.getByLabel(t.passkeyName, { exact: true }).fill('Laptop');
    await key.approve(async () => {
      await press(page, t.passkeyCreate);
      await expectHeading(page, t.codesOffer);
    });
    await skipRecoveryCodes(page, t);
    await expect(card(page, t.passkeyFactor)).toContainText('Laptop');
    const made = await key.credentials();
    expect(made).toHaveLength(1);
    expect(made[0]!.rpId).toBe('localhost');
    expect((await mailbox.newest(nora.login)).text).toContain('Laptop');

    await press(page, t.signOut);
    await expectNews(page, t.signedOut);
    await signInPasskey(page, { portal, mailbox, t }, key, nora);
  });

  test('B15: no particular kind of authenticator is demanded', async ({ page, portal, mailbox, t }) => {
    await page.addInitScript(() => {
      navigator.credentials.create = (options) => {
        const { authenticatorSelection, attestation, pubKeyCredParams } = options!.publicKey!;
        document.documentElement.dataset.asked = JSON.stringify({ authenticatorSelection, attestation, pubKeyCredParams });
        return Promise.reject(new DOMException('not now', 'NotAllowedError'));
      };
    });
    await toChoice(page, { portal, mailbox, t }, await portal.person('nora.new'));
    await choose(page, t, t.passkeyChoice);
    await expectHeading(page, t.passkeyCreateTitle);
    await press(page, t.passkeyCreate);
    await expect(page.getByText(t.passkeyStopped)).toBeVisible();
    const asked = JSON.parse((await page.locator('html').getAttribute('data-asked')) ?? '{}');
    // This device, a key, or another device: the browser may offer all three.
    expect(asked.authenticatorSelection.authenticatorAttachment ?? null).toBeNull();
    expect(asked.authenticatorSelection.userVerification).toBe('required');
    expect(['preferred', 'required']).toContain(asked.authenticatorSelection.residentKey);
    expect(asked.attestation ?? 'none').toBe('none');
    expect(asked.pubKeyCredParams.map((one: { alg: number }) => one.alg)).toContain(-7);
  });

  test('a dialog that is closed is no failure: try again, or choose another method', async ({ page, portal, mailbox, t, plugIn }) => {
    const key = await plugIn(page);
    await key.verifies(false);
    await toChoice(page, { portal, mailbox, t }, await portal.person('nora.new'));
    await choose(page, t, t.passkeyChoice);
    await expectHeading(page, t.passkeyCreateTitle);
    await key.approve(async () => {
      await press(page, t.passkeyCreate);
      await expect(page.getByText(t.passkeyStopped)).toBeVisible();
    });
    await press(page, t.anotherMethod);
    await expectHeading(page, t.chooseTitle);
  });

  test('a second passkey from the overview; the same device is told that it is known', async ({ page, portal, mailbox, t, plugIn }) => {
    const tess = await portal.person('tess.totp');
    const key = await plugIn(page);
    await signInTotp(page, { portal, mailbox, t }, tess);
    const add = async (): Promise<void> => {
      await visit(page, '/customers/add');
      await choose(page, t, t.passkeyChoice);
      await expectHeading(page, t.passkeyCreateTitle);
      await press(page, t.passkeyCreate);
    };
    await key.approve(async () => {
      await add();
      await expectNews(page, t.factorAdded(t.passkeyFactor));
      await add();
      await expect(page.getByText(t.passkeyKnown)).toBeVisible();
    });
    await press(page, t.cancel);
    await expect(await key.credentials()).toHaveLength(1);
  });

  test('a link of the service desk binds a passkey, once', async ({ page, portal, mailbox, t, plugIn, visitor }) => {
    const jonas = await portal.person('Q471108');
    const key = await plugIn(page);
    const link = jonas.enroll_link ?? '';
    await visit(page, link);
    await press(page, t.continue);
    await choose(page, t, t.passkeyChoice);
    await expectHeading(page, t.passkeyCreateTitle);
    await key.approve(async () => {
      await press(page, t.passkeyCreate);
      await expectNews(page, t.factorAdded(t.passkeyFactor));
    });
    await signInPasskey(page, { portal, mailbox, t }, key, jonas);
    const other = await visitor();
    await other.goto(link);
    await expectHeading(other, t.linkUsed);
  });

  test('a server restart between the question and the answer does no harm', async ({ page, portal, mailbox, t, plugIn }) => {
    const nora = await portal.person('nora.new');
    const key = await plugIn(page);
    await toChoice(page, { portal, mailbox, t }, nora);
    await choose(page, t, t.passkeyChoice);
    await expectHeading(page, t.passkeyCreateTitle);
    await loaded(page);
    await portal.restart();
    await key.approve(async () => {
      await press(page, t.passkeyCreate);
      await expectHeading(page, t.codesOffer);
    });
    await page.goto('/customers/overview');
    await expectSignedIn(page, t);
  });

  test('a password alone sets nothing up where a passkey protects the account', async ({ page, portal, t }) => {
    const pia = await portal.person('pia.key');
    await visit(page, '/customers/sign-in');
    await givePassword(page, t, pia.login, pia.password ?? '');
    // Asked for the passkey, and for nothing else.
    await expectHeading(page, t.passkeyTitle);
    await expect(page.getByRole('button', { name: t.anotherWay, exact: true })).toHaveCount(0);
    for (const [call, fields] of [
      ['choose-method', { method: 'totp' }],
      ['prove/another-way', { purpose: 'sign_in', kind: 'totp' }],
    ] as const) {
      const answer = await page.request.post(`/api/${call}`, {
        form: { realm: 'customers', ...fields },
        headers: { 'sec-fetch-site': 'same-origin', accept: 'application/json' },
      });
      expect(await answer.text()).not.toContain('otpauth');
    }
    await page.goto('/customers/overview');
    await expect(page).toHaveURL(/\/customers\/sign-in$/);
  });
});
